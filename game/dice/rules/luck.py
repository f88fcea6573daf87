"""Luck, counted: what dice showed against what they should, and whether that is worth a word.

Pearson's chi-square test, with the usual rule that each class must be expected at least five times.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

from game.dice.rules.die import FUDGE, PERCENT_SIDES, Die, numbered

EXPECTED_AT_LEAST = 5
MAX_CLASSES = 20  # faces are taken together where a die has more

Judgement: TypeAlias = Literal["too few", "as expected", "uneven", "unusual", "very unusual"]


@dataclass(frozen=True, slots=True)
class Class:
    """Faces that are counted together: `low` to `high`, how often they came and how often they should have."""

    low: int
    high: int
    count: int
    expected: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """How uneven a die was. `probability`: that fair dice are at least as uneven, 0 to 1; None with too few throws."""

    judgement: Judgement
    probability: float | None
    needed: int  # throws for the test

    def __str__(self) -> str:
        match self.judgement:
            case "too few":
                return f"Too few rolls to judge ({self.needed} needed)."
            case "as expected":
                return f"As expected: of 100 fair dice, {self._of_hundred()} are at least this uneven."
            case "uneven":
                return f"A little uneven: of 100 fair dice, {self._of_hundred()} are at least this uneven."
            case "unusual":
                return "Unusual: at most one fair die in 100 is this uneven."
            case "very unusual":
                return "Very unusual: fewer than one fair die in 1,000 is this uneven."

    def _of_hundred(self) -> int:
        return max(1, round((self.probability or 0) * 100))


@dataclass(frozen=True, slots=True)
class Streak:
    """The longest run of throws above, or below, the middle of the die."""

    length: int
    high: bool


@dataclass(frozen=True, slots=True)
class Luck:
    """What one kind of die did for one player. `mean` is what it showed on average, `expected` what it should."""

    die: str
    throws: int
    mean: float
    expected: float
    classes: tuple[Class, ...]
    verdict: Verdict
    streak: Streak


def die_named(name: str) -> Die | None:
    """The die of that name, as in "d20" and "dF.1"; None where there is none."""
    name = name.lower()
    if name in FUDGE:
        return FUDGE[name]
    sides = {"d%": str(PERCENT_SIDES)}.get(name, name[1:])
    return numbered(int(sides)) if name[:1] == "d" and sides.isdecimal() and 0 < int(sides) <= 10**6 else None


def luck(die: Die, thrown: Sequence[int]) -> Luck:
    """The luck of throws of one kind of die, in the order thrown; at least one."""
    classes = _classes(die, thrown)
    return Luck(
        die=die.name,
        throws=len(thrown),
        mean=sum(thrown) / len(thrown),
        expected=_mean(die),
        classes=classes,
        verdict=_verdict(die, classes, len(thrown)),
        streak=_streak(die, thrown),
    )


def score(faces: Iterable[tuple[Die, int]]) -> float | None:
    """How lucky the dice of one roll were together, in standard deviations; None where nothing was left to luck."""
    above = variance = 0.0
    for die, value in faces:
        above += value - _mean(die)
        variance += _variance(die)
    return above / math.sqrt(variance) if variance else None


def _mean(die: Die) -> float:
    return (die.lowest + die.highest) / 2  # all dice are symmetric


def _variance(die: Die) -> float:
    if isinstance(die.faces, range):
        return (len(die.faces) ** 2 - 1) / 12
    return sum(face * face for face in die.faces) / len(die.faces)


def _classes(die: Die, thrown: Sequence[int]) -> tuple[Class, ...]:
    faces = range(die.lowest, die.highest + 1)
    width = math.ceil(len(faces) / MAX_CLASSES)
    counts = [0] * math.ceil(len(faces) / width)
    for value in thrown:
        counts[(value - die.lowest) // width] += 1
    classes = []
    for place, count in enumerate(counts):
        group = faces[place * width : (place + 1) * width]
        likely = len(group) if isinstance(die.faces, range) else sum(die.faces.count(face) for face in group)
        classes.append(Class(group[0], group[-1], count, len(thrown) * likely / len(die.faces)))
    return tuple(classes)


def _verdict(die: Die, classes: Sequence[Class], throws: int) -> Verdict:
    needed = math.ceil(EXPECTED_AT_LEAST * throws / min(group.expected for group in classes))
    if len(classes) < 2 or throws < needed:
        return Verdict("too few", None, needed)
    square = math.fsum((group.count - group.expected) ** 2 / group.expected for group in classes)
    probability = chi_square_tail(square, len(classes) - 1)
    if probability >= 0.05:
        return Verdict("as expected", probability, needed)
    if probability >= 0.01:
        return Verdict("uneven", probability, needed)
    return Verdict("unusual" if probability >= 0.001 else "very unusual", probability, needed)


def chi_square_tail(square: float, degrees: int) -> float:
    """How likely a chi-square distributed number is at least `square`.

    The finite sums for whole degrees of freedom: Abramowitz and Stegun, 26.4.4 and 26.4.5.
    """
    half = square / 2
    if degrees % 2 == 0:
        term = total = math.exp(-half)
        for place in range(1, degrees // 2):
            term *= half / place
            total += term
        return min(1.0, total)
    total = math.erfc(math.sqrt(half))
    term = math.exp(-half) * math.sqrt(half) / math.gamma(1.5)
    for place in range(1, (degrees - 1) // 2 + 1):
        total += term
        term *= half / (place + 0.5)
    return min(1.0, total)


def _streak(die: Die, thrown: Sequence[int]) -> Streak:
    middle = _mean(die)
    best = Streak(0, high=True)
    for side, run in groupby(thrown, key=lambda value: (value > middle) - (value < middle)):
        length = sum(1 for _ in run)
        if side and length > best.length:
            best = Streak(length, side > 0)
    return best
