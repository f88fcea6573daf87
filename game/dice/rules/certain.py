"""Which formulas can always be worked out, however the dice fall.

A hidden roll that could fail by chance would let its roller pick: what fails leaves no trace and is tried again.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from game.dice.rules.die import MAX_SIDES, Die
from game.dice.rules.draws import MAX_FACES
from game.dice.rules.exact import TRILLION, Number
from game.dice.rules.lexer import DiceError
from game.dice.rules.modifiers import Modifiers
from game.dice.rules.notation import parse
from game.dice.rules.price import dice_in
from game.dice.rules.tree import Constant, Dice, Formula, Function, Group, Labelled, Node, Product, Sum

ENOUGH = MAX_FACES // 4  # faces that are likely to be drawn: with more, explosions may go beyond the limit


def refuse_uncertain(notation: str) -> None:
    """DiceError for a formula that could fail as the dice fall; it may refuse one that could not, but no plain one."""
    formula = parse(notation)
    if _may_fail(formula, notation):
        raise DiceError(
            "uncertain",
            "Whether this formula can be worked out depends on the dice, so it cannot be rolled hidden; "
            "roll it for everybody, or leave out what is divided by dice or counted by them.",
        )


def _may_fail(formula: Formula, notation: str) -> bool:
    again = any(dice.modifiers.explosion or dice.modifiers.rerolls or dice.modifiers.unique for dice in formula.dice)
    if again and dice_in(notation) > ENOUGH:
        return True
    try:
        faces = sum(_counted(dice).high for dice in formula.dice) * formula.repeats
        total = _span(formula.sum)
    except _MayFail:
        return True
    return faces > MAX_FACES or max(-total.low, total.high) * formula.repeats > TRILLION


class _MayFail(Exception):
    """Something in the formula may fail."""


@dataclass(frozen=True, slots=True)
class _Span:
    """What a part comes to lies between these, and is whole where `whole` says so."""

    low: Number
    high: Number
    whole: bool = True


def _around(most: Number) -> _Span:
    return _Span(-most, most, whole=False)


def _counted(dice: Dice) -> _Span:
    """How many dice there are; _MayFail where that need not be a number of dice."""
    return _within(dice.count, MAX_FACES)


def _within(node: Node, most: int) -> _Span:
    span = _span(node)
    if not span.whole or span.low < 1 or span.high > most:
        raise _MayFail
    return span


def _span(node: Node) -> _Span:
    match node:
        case Constant(value):
            return _Span(value, value, isinstance(value, int))
        case Labelled(content):
            return _span(content)
        case Dice():
            return _span_of_dice(node)
        case Group(parts, modifiers):
            return _around(sum(_most(_span(part)) for part in parts) + len(parts) + _named(modifiers))
        case Sum(addends):
            spans = [_times(_span(addend.content), _Span(addend.sign, addend.sign)) for addend in addends]
            return _Span(sum(s.low for s in spans), sum(s.high for s in spans), all(s.whole for s in spans))
        case Product():
            return _span_of_product(node)
        case Function():
            return _span_of_function(node)


def _span_of_dice(dice: Dice) -> _Span:
    counted = _counted(dice)
    die = dice.sides if isinstance(dice.sides, Die) else None
    modifiers = dice.modifiers
    if die is None:
        sides = _within(dice.sides, MAX_SIDES)  # type: ignore[arg-type]  # a node, where it is no die
        if modifiers.explosion or modifiers.rerolls or modifiers.unique:
            raise _MayFail
        die = Die("", (1, int(sides.high)))
    if modifiers == Modifiers():
        most, least = max(die.highest, 0), min(die.lowest, 0)
        low = counted.low * die.lowest if die.lowest > 0 else counted.high * least
        return _Span(low, counted.high * most)
    faces = MAX_FACES if modifiers.explosion else counted.high
    return _around(faces * (max(_size(die.lowest), die.highest) + _named(modifiers)))


def _named(modifiers: Modifiers) -> Number:
    """The greatest number that modifiers may put in place of a face, or count from."""
    margin = modifiers.margin.value if modifiers.margin else 0
    return max(_size(number) for number in (modifiers.minimum or 0, modifiers.maximum or 0, margin, 1))


def _span_of_product(node: Product) -> _Span:
    span = _span(node.first)
    for factor in node.factors:
        by = _span(factor.content)
        if factor.operator == "*":
            span = _times(span, by)
            continue
        if by.low <= 0 <= by.high:
            raise _MayFail
        most = _most(by) if factor.operator == "%" else Fraction(_most(span)) / min(_size(by.low), _size(by.high))
        span = _around(most + 1)
    return span


def _span_of_function(node: Function) -> _Span:
    spans = [_span(argument) for argument in node.arguments]
    if node.name in ("min", "max"):
        pick = min if node.name == "min" else max
        return _Span(pick(s.low for s in spans), pick(s.high for s in spans), all(s.whole for s in spans))
    (span,) = spans
    if node.name == "abs":
        return _Span(max(0, span.low, -span.high), _most(span), span.whole)
    return _Span(span.low - 1, span.high + 1)


def _times(one: _Span, other: _Span) -> _Span:
    ends = [a * b for a, b in product((one.low, one.high), (other.low, other.high))]
    return _Span(min(ends), max(ends), one.whole and other.whole)


def _most(span: _Span) -> Number:
    return max(_size(span.low), _size(span.high))


def _size(number: Number) -> Number:
    return -number if number < 0 else number
