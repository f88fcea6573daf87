"""Exact arithmetic for formulas: fractions inside, two decimals outside."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import TypeAlias

Number: TypeAlias = int | Fraction

TRILLION = 10**12


def quotient(number: Number, divisor: Number) -> Number:
    """The exact quotient, an int when it is whole; ZeroDivisionError by zero."""
    return whole_as_int(Fraction(number, divisor))


def total(numbers: Iterable[Number]) -> Number:
    """The exact sum. Fractions meet over one denominator: adding them one by one takes far longer."""
    whole = 0
    fractions: list[Fraction] = []
    for number in numbers:
        if isinstance(number, int):
            whole += number
        else:
            fractions.append(number)
    if not fractions:
        return whole
    denominator = math.lcm(*(fraction.denominator for fraction in fractions))
    numerator = sum(fraction.numerator * (denominator // fraction.denominator) for fraction in fractions)
    return whole_as_int(whole + Fraction(numerator, denominator))


def whole_as_int(number: Number) -> Number:
    """The same number, an int when it is whole: integers are added much faster."""
    return int(number) if number.denominator == 1 else number


def nearest(number: Number) -> int:
    """The nearest whole number; a half goes up, towards the greater one."""
    return math.floor(number + Fraction(1, 2))


def to_hundredths(number: Number) -> Number:
    """The number with two decimals, rounded half up."""
    if isinstance(number, int):
        return number
    return whole_as_int(Fraction(nearest(number * 100), 100))


def shown(number: Number) -> int | float:
    """The number as it goes out: rounded half up to two decimals, an int when that is whole."""
    rounded = to_hundredths(number)
    return rounded if isinstance(rounded, int) else float(rounded)


def spoken(number: Number) -> str:
    """The number in a sentence, never longer than a few words."""
    if not -TRILLION <= number <= TRILLION:
        return "more than a trillion" if number > 0 else "less than minus a trillion"
    return f"{shown(number):,}"
