"""The chance of one roll: faces that follow from a secret and from what the players contributed."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from hashlib import sha256

KEY_BYTES = 32
MAX_SIDES = 2**32  # what one draw can tell apart


class Chance:
    """Draws the faces of one roll, in order; the same arguments draw the same faces.

    `key` is the secret, or a hidden roll's own key; `roll` counts the rolls under one
    commitment from 1; `words` is the text that asks for dice, a formula or a line of chat; `seeds`
    are the players' seeds in force by user id.
    """

    def __init__(self, key: bytes, session: int, roll: int, words: str, seeds: Mapping[int, str]) -> None:
        self._mac = hmac.new(key, prefix(session, roll, words, seeds), sha256)
        self._face = 0

    def randbelow(self, sides: int) -> int:
        """The next face, 0 to `sides` - 1, each equally likely.

        Four bytes of HMAC-SHA256 as a big-endian number, the rest of the division by `sides`. A
        number beyond the last whole multiple of `sides` is rejected and the attempt counted up.
        """
        if not 1 <= sides <= MAX_SIDES:
            raise ValueError(sides)
        face, attempt = self._face, 0
        self._face += 1
        while (number := self._number(face, attempt)) >= MAX_SIDES - MAX_SIDES % sides:
            attempt += 1
        return number % sides

    def _number(self, face: int, attempt: int) -> int:
        mac = self._mac.copy()
        mac.update(b"face %d %d\n" % (face, attempt))
        return int.from_bytes(mac.digest()[:4], "big")


def prefix(session: int, roll: int, words: str, seeds: Mapping[int, str]) -> bytes:
    """What the messages of all faces of a roll begin with.

    Lines of words, decimal numbers and hexadecimal digits: no two rolls have the same.
    """
    # A refused roll takes no number. Were the words not in it, refusals such as that of 1/(1d20<15) would tell,
    # before a seed is changed or somebody else rolls, what the next dice are.
    lines = ["rollscape roll 1", f"session {session}", f"roll {roll}", f"words {sha256(words.encode()).hexdigest()}"]
    lines += [f"seed {user} {seeds[user].encode().hex()}" for user in sorted(seeds)]
    return "".join(f"{line}\n" for line in lines).encode()
