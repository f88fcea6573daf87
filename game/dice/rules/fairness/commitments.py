"""What is published before the dice are rolled, and how it is checked afterwards.

Public rolls share one secret, which is revealed as a whole. A hidden roll must stay hidden when
that happens, so each has a key of its own: the leaf of a hash tree whose root is published with the
seed's hash. The key goes with the roll, to everybody who may see it, and says nothing about the others.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

HIDDEN_ROLLS = 1024  # under one commitment; a power of two
PATH_LENGTH = HIDDEN_ROLLS.bit_length() - 1


def commitment(server_seed: bytes) -> str:
    """What is published of a secret: its SHA-256, in hexadecimal digits."""
    return sha256(server_seed).hexdigest()


def hidden_key(hidden_seed: bytes, roll: int) -> bytes:
    """The key of the `roll`th hidden roll, from 1."""
    return hmac.digest(hidden_seed, b"rollscape hidden roll 1\n%d\n" % roll, "sha256")


def hidden_root(hidden_seed: bytes) -> str:
    """What is published of the keys of all hidden rolls: the root of their tree, in hexadecimal digits."""
    return _tree(hidden_seed)[-1][0].hex()


def hidden_path(hidden_seed: bytes, roll: int) -> list[str]:
    """What leads from the key of a hidden roll to the root: the neighbours from the leaf upwards."""
    place = roll - 1
    return [level[(place >> height) ^ 1].hex() for height, level in enumerate(_tree(hidden_seed)[:-1])]


def root_of(key: bytes, roll: int, path: Sequence[str]) -> str:
    """The root of the tree in which this key is that of the `roll`th hidden roll."""
    place, node = roll - 1, _leaf(key)
    for neighbour in map(bytes.fromhex, path):
        node = _node(neighbour, node) if place & 1 else _node(node, neighbour)
        place >>= 1
    return node.hex()


@lru_cache(maxsize=16)  # some milliseconds each
def _tree(hidden_seed: bytes) -> list[list[bytes]]:
    """The levels of the tree, the leaves first."""
    levels = [[_leaf(hidden_key(hidden_seed, roll)) for roll in range(1, HIDDEN_ROLLS + 1)]]
    while len(below := levels[-1]) > 1:
        levels.append([_node(left, right) for left, right in zip(below[::2], below[1::2], strict=True)])
    return levels


# A leaf and a node begin differently, so that neither passes for the other.
def _leaf(key: bytes) -> bytes:
    return sha256(b"\0" + key).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()
