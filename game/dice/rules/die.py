"""What a single die can show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MAX_SIDES = 1_000_000
PERCENT_SIDES = 100


@dataclass(frozen=True, slots=True)
class Die:
    """A die: its name, as in "d20", and its equally likely faces in ascending order."""

    name: str
    faces: Sequence[int]

    @property
    def lowest(self) -> int:
        """The lowest face."""
        return self.faces[0]

    @property
    def highest(self) -> int:
        """The highest face."""
        return self.faces[-1]


def numbered(sides: int) -> Die:
    """A die with faces 1 to `sides`."""
    return Die(f"d{sides}", range(1, sides + 1))


# Fudge dice: a third of the faces each, and the variant with one plus and one minus.
FUDGE = {
    "df": Die("dF", (-1, 0, 1)),
    "df.1": Die("dF.1", (-1, 0, 0, 0, 0, 1)),
    "df.2": Die("dF", (-1, 0, 1)),
}
