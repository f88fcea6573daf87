"""The possible results of a formula and their odds: calculated, not sampled."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial, reduce
from itertools import product

from game.dice.rules.arithmetic import FUNCTIONS, calculated
from game.dice.rules.die import Die, numbered
from game.dice.rules.endless import refuse_endless, refuse_hopeless, refuse_never_unique
from game.dice.rules.exact import TRILLION, Number, shown, to_hundredths
from game.dice.rules.lexer import DiceError
from game.dice.rules.modifiers import Modifiers, Selection, selected
from game.dice.rules.notation import parse
from game.dice.rules.odds import Budget, NotComputable, Odds, added, certain, combined, mixed
from game.dice.rules.pool_odds import pool_odds, with_margin
from game.dice.rules.quantities import required_count, required_sides
from game.dice.rules.tree import Addend, Constant, Dice, Factor, Formula, Function, Group, Labelled, Node, Product, Sum

__all__ = ["Bar", "Distribution", "NotComputable", "distribution"]

MAX_BARS = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """How likely an outcome from `low` to `high` is, 0 to 1."""

    low: int | float
    high: int | float
    probability: float


@dataclass(frozen=True, slots=True)
class Distribution:
    """The outcomes of a formula thrown once; of a repeated one each of the `repeats`.

    `odds` has them in ascending order with their probabilities. `tail` is the probability of what is
    left out, outcomes after very many explosions; the mean and the standard deviation are without it.
    """

    odds: tuple[tuple[int | float, float], ...]
    mean: float
    deviation: float
    tail: float
    repeats: int

    @property
    def low(self) -> int | float:
        """The lowest outcome."""
        return self.odds[0][0]

    @property
    def high(self) -> int | float:
        """The highest outcome, of those that are not left out."""
        return self.odds[-1][0]

    def bars(self) -> tuple[Bar, ...]:
        """At most 60 bars of a chart, neighbours taken together where there are more outcomes."""
        size = math.ceil(len(self.odds) / MAX_BARS)
        runs = (self.odds[start : start + size] for start in range(0, len(self.odds), size))
        return tuple(Bar(run[0][0], run[-1][0], math.fsum(p for _, p in run)) for run in runs)


def distribution(notation: str) -> Distribution:
    """The distribution of a formula. DiceError as for a roll of it, NotComputable where it takes too long."""
    formula = parse(notation)
    refuse_hopeless(formula)
    budget = Budget()
    odds = _Odds(formula, budget).of(formula.sum).map(to_hundredths, budget)
    if not odds.weights or not all(-TRILLION <= number <= TRILLION for number in odds.weights):
        raise NotComputable("The outcomes of this formula are too large.")
    return _described(odds, formula.repeats)


def _described(odds: Odds, repeats: int) -> Distribution:
    hundredths = {int(number * 100): weight for number, weight in odds.weights.items()}
    known = sum(hundredths.values())
    mean = sum(number * weight for number, weight in hundredths.items())
    square = sum(number * number * weight for number, weight in hundredths.items())
    return Distribution(
        odds=tuple((shown(number), odds.weights[number] / odds.whole) for number in sorted(odds.weights)),
        mean=mean / (known * 100),
        deviation=math.sqrt((square * known - mean * mean) / (known * known * 100 * 100)),
        tail=(odds.whole - known) / odds.whole,
        repeats=repeats,
    )


class _Odds:
    """Goes through a formula as `throw` does. Each of its dice stands in it once, so all are independent."""

    def __init__(self, formula: Formula, budget: Budget) -> None:
        self._advantage = formula.advantage
        self._budget = budget

    def of(self, node: Node) -> Odds:
        """The odds of what a part of the formula comes to."""
        match node:
            case Constant():
                return certain(node.value)
            case Dice():
                return self._dice(node)
            case Group():
                return self._group(node)
            case Labelled():
                return self.of(node.content)
            case Sum():
                return self._sum([self._addend(addend) for addend in node.addends])
            case Product():
                return self._product(node)
            case Function():
                return self._function(node)

    # Arithmetic -------------------------------------------------------------------------------

    def _addend(self, addend: Addend) -> Odds:
        odds = self.of(addend.content)
        return odds if addend.sign == 1 else odds.map(lambda number: -number, self._budget)

    def _sum(self, parts: list[Odds]) -> Odds:
        return reduce(lambda one, other: added(one, other, self._budget), parts)

    def _product(self, node: Product) -> Odds:
        odds = self.of(node.first)
        for factor in node.factors:
            content = self.of(factor.content)
            if factor.operator != "*" and 0 in content.weights:
                raise NotComputable("This formula divides by zero for some dice.")
            if factor.operator == "/":  # makes fractions
                self._budget.spend(len(odds.weights) * len(content.weights) * 10)
            calculate = partial(self._calculate, factor)
            odds = combined(odds, content, calculate, self._budget)
        return odds

    @staticmethod
    def _calculate(factor: Factor, left: Number, right: Number) -> Number:
        return calculated(left, factor, right)

    def _function(self, node: Function) -> Odds:
        function, parts = FUNCTIONS[node.name], [self.of(argument) for argument in node.arguments]
        if len(parts) == 1:
            return parts[0].map(function, self._budget)
        return reduce(lambda one, other: combined(one, other, function, self._budget), parts)

    # Dice -------------------------------------------------------------------------------------

    def _dice(self, dice: Dice) -> Odds:
        if isinstance(dice.count, Constant) and isinstance(dice.sides, Die):
            return self._pool(dice, int(dice.count.value), dice.sides)
        counts = self.of(dice.count)
        sides = None if isinstance(dice.sides, Die) else self.of(dice.sides)
        try:
            parts = list(self._computed(dice, counts, sides))
        except DiceError:
            raise NotComputable("This formula cannot be rolled for some of its dice.") from None
        return mixed(parts, counts.whole * (sides.whole if sides else 1), self._budget)

    def _computed(self, dice: Dice, counts: Odds, sides: Odds | None) -> Iterator[tuple[int, Odds]]:
        """What each number of dice and of sides comes to, with how often it comes about."""
        for number, weight in counts.weights.items():
            count = required_count(number, dice.position)
            if isinstance(dice.sides, Die):
                yield weight, self._pool(dice, count, dice.sides)
            for second, often in sides.weights.items() if sides else ():
                die = numbered(required_sides(second, dice.position))
                refuse_endless(dice, die)
                yield weight * often, self._pool(dice, count, die)

    def _pool(self, dice: Dice, count: int, die: Die, chosen: tuple[Selection, ...] = ()) -> Odds:
        selections = dice.modifiers.selections or chosen
        if advantage := dice.modifiers.advantage or (self._advantage if dice.is_single_d20 else None):
            count, selections = 2, (*selections, Selection(advantage, 1))
        refuse_never_unique(dice, die, count)
        return pool_odds(dice.modifiers, die, count, selections, self._budget)

    # Groups -----------------------------------------------------------------------------------

    def _group(self, group: Group) -> Odds:
        modifiers = group.modifiers
        if len(group.parts) == 1:
            part = group.parts[0]
            return self._tallied(modifiers, [self._chosen(part, modifiers) if modifiers.selections else self.of(part)])
        parts = [self.of(part) for part in group.parts]
        kept = sorted(selected(range(len(parts)), modifiers.selections))
        if len(kept) == len(parts):
            return self._tallied(modifiers, parts)
        if kept in ([0], [len(parts) - 1]):
            best = FUNCTIONS["max" if kept[0] else "min"]
            return self._tallied(modifiers, [reduce(lambda a, b: combined(a, b, best, self._budget), parts)])
        return self._ranked(modifiers, parts, kept)

    def _chosen(self, part: Node, modifiers: Modifiers) -> Odds:
        """The dice of one term, of which the group keeps and drops some."""
        while isinstance(part, Labelled):
            part = part.content
        plain = isinstance(part, Dice) and not (part.modifiers.selections or part.modifiers.advantage)
        if not plain or not isinstance(part, Dice) or (self._advantage and part.is_single_d20):
            raise NotComputable("The odds of keeping dice of a group take too long to work out.")
        if not isinstance(part.count, Constant) or not isinstance(part.sides, Die):
            raise NotComputable("The odds of keeping dice of a group take too long to work out.")
        return self._pool(part, int(part.count.value), part.sides, modifiers.selections)

    def _tallied(self, modifiers: Modifiers, parts: list[Odds]) -> Odds:
        """What parts come to that all count: successes less failures, the margin, or their sum."""
        if modifiers.count:
            return self._sum([part.map(modifiers.count.judge, self._budget) for part in parts])
        return with_margin(modifiers, self._sum(parts), self._budget)

    def _ranked(self, modifiers: Modifiers, parts: list[Odds], kept: list[int]) -> Odds:
        """The parts of the kept ranks; every way in which all of them can fall is looked at."""
        self._budget.spend(math.prod(len(part.weights) for part in parts) * 3)
        weights: defaultdict[Number, int] = defaultdict(int)
        for fallen in product(*(part.weights.items() for part in parts)):
            numbers = sorted(number for number, _ in fallen)
            weights[modifiers.tally([numbers[rank] for rank in kept])] += math.prod(weight for _, weight in fallen)
        return Odds(dict(weights), math.prod(part.whole for part in parts))
