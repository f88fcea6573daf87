"""Exact odds: how often each number comes up, in whole counts out of a whole.

What would take too long is refused before it is begun. The budget counts microseconds on a slow
machine, not the clock, so that the same formula always gets the same answer.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from operator import add

from game.dice.rules.exact import Number, whole_as_int

BUDGET = 40_000  # microseconds
MAX_NUMBERS = 20_000  # that odds may be about
_FRACTION = 10  # times as long as a whole number


class NotComputable(Exception):
    """The odds cannot be had, or not in the time there is; the message says why, for a player."""


class Budget:
    """What is left of the time that one formula may take."""

    def __init__(self) -> None:
        self._left = float(BUDGET)

    def spend(self, microseconds: float) -> None:
        """NotComputable where there is not as much left."""
        self._left -= microseconds
        if self._left < 0:
            raise NotComputable("This formula has too many outcomes to work out its odds.")


@dataclass(frozen=True, slots=True)
class Odds:
    """`weights[number]` of `whole` throws come to that number; of what is missing nothing is known."""

    weights: dict[Number, int]
    whole: int

    def __post_init__(self) -> None:
        if len(self.weights) > MAX_NUMBERS:
            raise NotComputable("This formula has too many outcomes to work out its odds.")

    def map(self, function: Callable[[Number], Number], budget: Budget) -> Odds:
        """The odds of what the function makes of each number."""
        budget.spend(sum(_FRACTION if isinstance(number, Fraction) else 1 for number in self.weights))
        weights: defaultdict[Number, int] = defaultdict(int)
        for number, weight in self.weights.items():
            weights[function(number)] += weight
        return Odds(dict(weights), self.whole)

    def reduced(self) -> Odds:
        """The same odds in smaller counts."""
        divisor = math.gcd(self.whole, *self.weights.values())
        return Odds({number: weight // divisor for number, weight in self.weights.items()}, self.whole // divisor)


def certain(number: Number) -> Odds:
    """What always comes to this number."""
    return Odds({number: 1}, 1)


def combined(one: Odds, other: Odds, function: Callable[[Number, Number], Number], budget: Budget) -> Odds:
    """The odds of what the function makes of both, thrown independently of each other."""
    whole = _denominator(one) == _denominator(other) == 1
    budget.spend(len(one.weights) * len(other.weights) * (1 if whole else _FRACTION))
    weights: defaultdict[Number, int] = defaultdict(int)
    for number, weight in one.weights.items():
        for second, times in other.weights.items():
            weights[function(number, second)] += weight * times
    return Odds(dict(weights), one.whole * other.whole)


def added(one: Odds, other: Odds, budget: Budget) -> Odds:
    """The odds of the sum of both."""
    if len(one.weights) * len(other.weights) <= 2_000:
        return combined(one, other, add, budget)
    scale = math.lcm(_denominator(one), _denominator(other))
    first, second = _Packed.of(one, scale), _Packed.of(other, scale)
    width = _width(one.whole * other.whole)
    budget.spend(_multiplying((first.span + second.span + 1) * width))
    product = first.number(width) * second.number(width)
    return _unpacked(product, width, first.low + second.low, scale, one.whole * other.whole, budget)


def times(odds: Odds, count: int, budget: Budget) -> Odds:
    """The odds of the sum of so many, each thrown by itself."""
    if count == 1:
        return odds
    scale = _denominator(odds)
    packed = _Packed.of(odds, scale)
    whole_bits = odds.whole.bit_length() * count
    budget.spend(_multiplying((packed.span * count + 1) * (whole_bits // 8 + 1)))
    whole = odds.whole**count
    width = _width(whole)
    return _unpacked(packed.number(width) ** count, width, packed.low * count, scale, whole, budget)


def mixed(parts: Iterable[tuple[int, Odds]], whole: int, budget: Budget) -> Odds:
    """Odds that come about `weight` times of `whole` each."""
    listed = list(parts)
    common = math.lcm(*(odds.whole for _, odds in listed))
    weights: defaultdict[Number, int] = defaultdict(int)
    for weight, odds in listed:
        budget.spend(len(odds.weights))
        factor = weight * (common // odds.whole)
        for number, count in odds.weights.items():
            weights[number] += count * factor
    return Odds(dict(weights), common * whole).reduced()


# One big number for all the counts: Python multiplies it far faster than a loop could.


@dataclass(frozen=True, slots=True)
class _Packed:
    counts: dict[int, int]
    low: int
    span: int

    @classmethod
    def of(cls, odds: Odds, scale: int) -> _Packed:
        counts = {int(number * scale): weight for number, weight in odds.weights.items()}
        low, high = min(counts), max(counts)
        if high - low > MAX_NUMBERS:
            raise NotComputable("The outcomes of this formula lie too far apart to work out its odds.")
        return cls(counts, low, high - low)

    def number(self, width: int) -> int:
        counts = (self.counts.get(self.low + place, 0) for place in range(self.span + 1))
        return int.from_bytes(b"".join(count.to_bytes(width, "little") for count in counts), "little")


def _unpacked(product: int, width: int, low: int, scale: int, whole: int, budget: Budget) -> Odds:
    octets = product.to_bytes((product.bit_length() + 7) // 8 + width, "little")
    budget.spend(len(octets) // width)
    weights: dict[Number, int] = {}
    for place in range(len(octets) // width):
        count = int.from_bytes(octets[place * width : (place + 1) * width], "little")
        if count:
            weights[low + place if scale == 1 else whole_as_int(Fraction(low + place, scale))] = count
    return Odds(weights, whole)


def _width(whole: int) -> int:
    return whole.bit_length() // 8 + 1


def _multiplying(octets: int) -> float:
    """Microseconds that it takes to multiply numbers until they have so many bytes."""
    return octets / 8 + math.pow(octets / 1_000, 1.585) * 30


def _denominator(odds: Odds) -> int:
    return math.lcm(*(number.denominator for number in odds.weights))
