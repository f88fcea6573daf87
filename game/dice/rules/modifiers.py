"""What may be asked of a pool of dice, apart from how it is written and how it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from game.dice.rules.exact import Number, total

Relation: TypeAlias = Literal["=", "<>", ">", ">=", "<", "<="]
Choice: TypeAlias = Literal["kh", "kl", "dh", "dl"]
Order: TypeAlias = Literal["ascending", "descending"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A compare point, as in `>=5`; `>` and `<` are strict."""

    relation: Relation
    value: Number

    def holds(self, number: Number) -> bool:
        """Whether a number is one that the point is about."""
        match self.relation:
            case "=":
                return number == self.value
            case "<>":
                return number != self.value
            case ">":
                return number > self.value
            case ">=":
                return number >= self.value
            case "<":
                return number < self.value
            case "<=":
                return number <= self.value


# None stands for what the modifier means without a compare point: the lowest or highest face.
Points: TypeAlias = tuple[Comparison | None, ...]


@dataclass(frozen=True, slots=True)
class Explosion:
    """Another die for each that matches: added to the pool, or compounded into the same die."""

    points: Points
    compounding: bool = False
    penetrating: bool = False
    once: bool = False


@dataclass(frozen=True, slots=True)
class Unique:
    """No two dice alike, among those that match; None is all of them."""

    points: Points
    once: bool = False

    def about(self, number: Number) -> bool:
        """Whether this number may come only once."""
        return any(point is None or point.holds(number) for point in self.points)


@dataclass(frozen=True, slots=True)
class Selection:
    """Keep or drop the `count` highest or lowest."""

    choice: Choice
    count: int


@dataclass(frozen=True, slots=True)
class Count:
    """Successes less failures, instead of the sum."""

    success: Comparison
    failure: Comparison | None = None

    def judge(self, number: Number) -> Literal[-1, 0, 1]:
        """1 for a success, -1 for a failure; what is both is a success."""
        if self.success.holds(number):
            return 1
        return -1 if self.failure and self.failure.holds(number) else 0


@dataclass(frozen=True, slots=True)
class Modifiers:
    """All that is asked of one pool or group; the order of writing is gone, it means nothing."""

    minimum: Number | None = None
    maximum: Number | None = None
    explosion: Explosion | None = None
    rerolls: Points = ()
    rerolls_once: Points = ()
    unique: Unique | None = None
    selections: tuple[Selection, ...] = ()
    count: Count | None = None
    margin: Comparison | None = None
    criticals: Points = ()
    fumbles: Points = ()
    order: Order | None = None
    advantage: Choice | None = None

    def clamped(self, number: Number) -> Number:
        """The number, raised to the minimum, then lowered to the maximum."""
        if self.minimum is not None and number < self.minimum:
            number = self.minimum
        if self.maximum is not None and number > self.maximum:
            number = self.maximum
        return number

    def tally(self, numbers: Sequence[Number]) -> Number:
        """What the numbers kept come to: successes less failures, the margin, or their sum."""
        if self.count:
            return sum(self.count.judge(number) for number in numbers)
        if self.margin is None:
            return total(numbers)
        if self.margin.relation in ("<", "<="):
            return self.margin.value - total(numbers)
        return total(numbers) - self.margin.value


def matches(points: Points, number: Number, default: int) -> bool:
    """Whether any of the points holds; one without a comparison is about `default`."""
    return any(number == default if point is None else point.holds(number) for point in points)


def selected(numbers: Sequence[Number], selections: Sequence[Selection]) -> set[int]:
    """The places of the numbers that count: all that any keep names, without all that a drop names.

    Keep and drop both look at all the numbers, in whatever order they are written. Of equal
    numbers the later one is the higher, so that keeping 3 of 4 and dropping 1 agree.
    """
    ascending = sorted(range(len(numbers)), key=numbers.__getitem__)
    keeps: set[int] = set()
    drops: set[int] = set()
    for selection in selections:
        match selection.choice:
            case "kh":
                keeps.update(ascending[-selection.count :])
            case "kl":
                keeps.update(ascending[: selection.count])
            case "dh":
                drops.update(ascending[-selection.count :])
            case "dl":
                drops.update(ascending[: selection.count])
    return (keeps or set(ascending)) - drops
