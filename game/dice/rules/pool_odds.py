"""The odds of one dice term: clamped, exploded, rerolled, kept, dropped and counted as `pool` does it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from math import comb
from operator import add

from game.dice.rules.die import Die
from game.dice.rules.exact import Number
from game.dice.rules.modifiers import Modifiers, Selection, matches, selected
from game.dice.rules.odds import Budget, NotComputable, Odds, certain, combined, mixed, times
from game.dice.rules.pool import MAX_REROLLS

MAX_CHAIN = 40  # explosions in a row that are looked at
ENOUGH = 10**8  # explosions, and dice rerolled in vain, that are rarer than one in so many are not
MAX_TAIL = 100  # more than one in so many left out, and the odds are none


def pool_odds(modifiers: Modifiers, die: Die, count: int, selections: tuple[Selection, ...], budget: Budget) -> Odds:
    """What `count` dice come to, after all modifiers. NotComputable where that is not to be had."""
    budget.spend(len(die.faces))
    kept = sorted(selected(range(count), selections))
    base = _clamped(modifiers, die)
    if modifiers.unique:
        summed = _unique(modifiers, die, base, count, kept, budget)
    elif modifiers.explosion and not modifiers.explosion.compounding:
        if len(kept) < count:
            raise NotComputable("The odds of keeping some of several exploding dice take too long to work out.")
        summed = times(_chain(modifiers, die, base, budget), count, budget)
    else:
        single = _single(modifiers, die, base, budget)
        if len(kept) == count:
            summed = times(single.map(_worth(modifiers), budget).reduced(), count, budget)
        else:
            summed = _ranked(modifiers, single, count, kept, budget)
    return with_margin(modifiers, summed, budget)


def with_margin(modifiers: Modifiers, summed: Odds, budget: Budget) -> Odds:
    """The odds of the margin, where one is asked for; of the number itself otherwise."""
    margin = modifiers.margin
    if margin is None or modifiers.count:
        return summed
    if margin.relation in ("<", "<="):
        return summed.map(lambda number: margin.value - number, budget)
    return summed.map(lambda number: number - margin.value, budget)


def _worth(modifiers: Modifiers) -> Callable[[Number], Number]:
    """What a kept die adds: itself, or a success or failure."""
    return modifiers.count.judge if modifiers.count else lambda number: number


def _clamped(modifiers: Modifiers, die: Die) -> Odds:
    weights: defaultdict[Number, int] = defaultdict(int)
    for face in die.faces:
        weights[modifiers.clamped(face)] += 1
    return Odds(dict(weights), len(die.faces))


# A single die -----------------------------------------------------------------------------------


def _single(modifiers: Modifiers, die: Die, base: Odds, budget: Budget) -> Odds:
    """One die as it counts, what it compounds to and its rerolls included."""
    thrown = base
    if explosion := modifiers.explosion:
        less = explosion.penetrating
        thrown = _exploded(modifiers, die, base, budget, certain, later_worth=lambda number: number - less)
    return _rerolled(modifiers, die, thrown, base, budget)


def _chain(modifiers: Modifiers, die: Die, base: Odds, budget: Budget) -> Odds:
    """What a die and those that its explosion adds come to; each of them is rerolled and counted by itself."""
    penetrating = modifiers.explosion is not None and modifiers.explosion.penetrating

    def worth(number: Number) -> Odds:
        return _rerolled(modifiers, die, certain(number), base, budget).map(_worth(modifiers), budget)

    return _exploded(modifiers, die, base, budget, worth, later_worth=lambda number: number - penetrating)


def _exploded(
    modifiers: Modifiers,
    die: Die,
    base: Odds,
    budget: Budget,
    worth: Callable[[Number], Odds],
    *,
    later_worth: Callable[[Number], Number],
) -> Odds:
    """The sum of a die and of what its explosions add; what comes after the last that is looked at is missing.

    `worth` of a number is what a die that counts for it adds, `later_worth` what a shown one counts for
    behind the first.
    """
    explosion = modifiers.explosion
    assert explosion is not None
    going_on = {number for number in base.weights if matches(explosion.points, number, die.highest)}
    length, whole = 1, base.whole
    again = sum(base.weights[number] for number in going_on)
    if explosion.once:
        length = 2
    elif again:
        rare, of = again, base.whole
        while rare * ENOUGH > of and length < MAX_CHAIN:
            rare, of, length = rare * again, of * base.whole, length + 1
        if rare * MAX_TAIL > of:
            raise NotComputable("These dice explode too often to work out their odds.")
    odds: Odds | None = None
    for place in reversed(range(length)):
        count_as = later_worth if place else lambda number: number
        last = place == length - 1
        parts: list[tuple[int, Odds]] = []
        for number, weight in base.weights.items():
            here = worth(count_as(number))
            if number in going_on and not (last and explosion.once):
                if odds is None:
                    continue  # beyond the last that is looked at
                here = combined(here, odds, add, budget)
            parts.append((weight, here))
        odds = mixed(parts, whole, budget)
    assert odds is not None
    return odds


def _rerolled(modifiers: Modifiers, die: Die, thrown: Odds, base: Odds, budget: Budget) -> Odds:
    """A die after its rerolls: until none matches, and once; what is rolled again does not explode."""
    lowest = die.lowest

    def until(number: Number) -> bool:
        return matches(modifiers.rerolls, number, lowest)

    def once(number: Number) -> bool:
        return matches(modifiers.rerolls_once, number, lowest)

    if not any(until(number) or once(number) for number in thrown.weights):
        return thrown
    settled = _without(base, until)
    used_up = mixed(
        ((weight, settled if once(number) else certain(number)) for number, weight in settled.weights.items()),
        settled.whole,
        budget,
    )
    parts = (
        (weight, used_up if until(number) else settled if once(number) else certain(number))
        for number, weight in thrown.weights.items()
    )
    return mixed(parts, thrown.whole, budget)


def _without(odds: Odds, rerolled: Callable[[Number], bool]) -> Odds:
    weights = {number: weight for number, weight in odds.weights.items() if not rerolled(number)}
    if not weights:
        raise NotComputable("Every face of these dice is rerolled.")
    settled = sum(weights.values())
    if (odds.whole - settled) ** MAX_REROLLS * ENOUGH > odds.whole**MAX_REROLLS:
        raise NotComputable("These dice are rerolled too often to work out their odds.")
    return Odds(weights, settled)


# Several dice -----------------------------------------------------------------------------------


def _ranked(modifiers: Modifiers, single: Odds, count: int, kept: list[int], budget: Budget) -> Odds:
    """What the dice of the kept ranks come to; `kept` counts from the lowest, 0."""
    if single.whole != sum(single.weights.values()):
        raise NotComputable("The odds of keeping some of several exploding dice take too long to work out.")
    numbers = sorted(single.weights)
    budget.spend(len(numbers) * count**2 * 1.5 * (1 + count * single.whole.bit_length() / 500))
    return _by_rank(
        [(number, [single.weights[number] ** m for m in range(count + 1)]) for number in numbers],
        count,
        kept,
        single.whole**count,
        modifiers,
        budget,
        ways=comb,
    )


def _unique(modifiers: Modifiers, die: Die, base: Odds, count: int, kept: list[int], budget: Budget) -> Odds:
    """Dice of which no two are alike: each of the sets of faces is equally likely."""
    unique = modifiers.unique
    assert unique is not None
    others = modifiers.explosion or modifiers.rerolls or modifiers.rerolls_once
    plain = len(base.weights) == len(die.faces)
    if unique.once or None not in unique.points or others or not plain:
        raise NotComputable("The odds of these dice, of which only some must differ, take too long to work out.")
    budget.spend(len(base.weights) * count * 2)
    faces = [(number, [1, 1]) for number in sorted(base.weights)]
    return _by_rank(faces, count, kept, comb(len(faces), count), modifiers, budget, ways=lambda _left, _m: 1)


def _by_rank(
    numbers: Iterable[tuple[Number, list[int]]],
    count: int,
    kept: list[int],
    whole: int,
    modifiers: Modifiers,
    budget: Budget,
    *,
    ways: Callable[[int, int], int],
) -> Odds:
    """Deal the numbers out to the dice, from the lowest: `numbers` has how often each can come m times.

    After each number, `dealt[n]` has the sums of n dice so far.
    """
    worth = _worth(modifiers)
    size = 1 + whole.bit_length() / 500  # great numbers take longer
    ranks = [sum(1 for rank in kept if rank < n) for n in range(count + 1)]  # kept ranks below n
    dealt: list[dict[Number, int]] = [{0: 1}, *({} for _ in range(count))]
    for number, alike in numbers:
        after: list[defaultdict[Number, int]] = [defaultdict(int) for _ in range(count + 1)]
        adds = worth(number)
        for n, sums in enumerate(dealt):
            if not sums:
                continue
            most = min(count - n, len(alike) - 1)
            budget.spend(len(sums) * (most + 1) * size * 0.5)
            for m in range(most + 1):
                factor = ways(count - n, m) * alike[m]
                more = adds * (ranks[n + m] - ranks[n])
                into = after[n + m]
                for total, weight in sums.items():
                    into[total + more] += weight * factor
        dealt = [dict(sums) for sums in after]
    return Odds(dealt[count], whole)
