"""Chance for tests, as the rules take it: `randbelow(n)` gives 0 to n - 1."""

from __future__ import annotations

from collections.abc import Callable


def loaded(*faces: int) -> Callable[[int], int]:
    """Chance that comes up with these faces, in this order."""
    left = list(faces)

    def randbelow(sides: int) -> int:
        face = left.pop(0)
        assert 1 <= face <= sides, f"a die of {sides} sides cannot show {face}"
        return face - 1

    return randbelow


def unrolled(sides: int) -> int:
    """Chance that must not be asked."""
    raise AssertionError(f"a die of {sides} sides was drawn")


def lowest(_sides: int) -> int:
    """Every die shows 1."""
    return 0


def highest(sides: int) -> int:
    """Every die shows its number of sides."""
    return sides - 1
