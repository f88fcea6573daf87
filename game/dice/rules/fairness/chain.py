"""A chain over the public rolls and draws of a secret. Removing or adding one afterwards breaks it.

Text that players typed is in it as a hash only, so that a line may be edited and its dice still fit.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def beginning(session: int, rotation: int) -> str:
    """The chain before the first roll of a secret, as hexadecimal digits."""
    return sha256(f"rollscape chain 1\nsession {session}\nrotation {rotation}\n".encode()).hexdigest()


def longer(chain: str, seq: int, number: int, words: str, formula: str, faces: Iterable[int]) -> str:
    """The chain with one roll more: the `number`th of its secret, in the event `seq`.

    `words` asked for it, as for its dice; `formula` is that of a roll, and the words again for a draw. `faces`: those
    of a roll in the order drawn; of a draw the numbers of its rows, then the faces of the rolls in their texts.
    """
    shown = ",".join(map(str, faces))
    link = f"{chain}\nseq {seq}\nroll {number}\nwords {_hash(words)}\nformula {_hash(formula)}\nfaces {shown}\n"
    return _hash(link)


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
