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


def fudged(*faces: int) -> Callable[[int], int]:
    """The same where dice of 3 faces are dF and those of 6 are dF.1."""
    left = list(faces)

    def randbelow(sides: int) -> int:
        face = left.pop(0)
        return {3: {-1: 0, 0: 1, 1: 2}, 6: {-1: 0, 0: 1, 1: 5}}.get(sides, {}).get(face, face - 1)

    return randbelow


def striding() -> Callable[[int], int]:
    """Chance in steps of seven: 3, 10, 17, … around each die."""
    drawn = 0

    def randbelow(sides: int) -> int:
        nonlocal drawn
        drawn += 1
        return (7 * drawn - 4) % sides

    return randbelow


def unrolled(sides: int) -> int:
    """Chance that must not be asked."""
    raise AssertionError(f"a die of {sides} sides was drawn")


def lowest(_sides: int) -> int:
    """Every die shows its lowest face."""
    return 0


def highest(sides: int) -> int:
    """Every die shows its highest face."""
    return sides - 1
