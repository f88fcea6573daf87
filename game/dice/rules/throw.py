"""Throwing a formula once: its dice are drawn in the order written, then it is computed."""

from __future__ import annotations

from game.dice.rules.arithmetic import evaluate
from game.dice.rules.die import Die, numbered
from game.dice.rules.draws import Draws
from game.dice.rules.endless import refuse_endless, refuse_never_unique
from game.dice.rules.exact import Number
from game.dice.rules.modifiers import Choice, Selection, selected
from game.dice.rules.pool import Hand, Pool, choose
from game.dice.rules.quantities import required_count, required_sides
from game.dice.rules.tree import Constant, Dice, Formula, Function, Group, Labelled, Node, Product, Sign, Sum


class Throw:
    """One throw of a formula."""

    def __init__(self, formula: Formula, draws: Draws) -> None:
        self._advantage = formula.advantage
        self._draws = draws
        # By the id of the node: the tree is the same in every throw, what it comes to is not.
        self._pool_of: dict[int, Pool] = {}
        self._group_worths: dict[int, Number] = {}
        self.pools: list[Pool] = []

    def total(self, node: Node) -> Number:
        """What a part of the formula comes to; `pools` then has its dice too, in the order shown."""
        self._throw(node, 1, "")
        return self._value(node)

    def _value(self, node: Node) -> Number:
        return evaluate(node, self._worth)

    def _worth(self, node: Dice | Group) -> Number:
        pool = self._pool_of.get(id(node))
        return self._group_worths[id(node)] if pool is None else pool.subtotal()

    def _throw(self, node: Node, sign: Sign, label: str) -> list[Pool]:
        """Throws the dice of a node; gives those that a group around it may keep and drop."""
        match node:
            case Constant():
                return []
            case Dice():
                return [self._throw_dice(node, sign, label)]
            case Group():
                self._throw_group(node, sign, label)
                return []
            case Labelled():
                return self._throw(node.content, sign, node.label)
            case Sum():
                addends = node.addends
                return [pool for a in addends for pool in self._throw(a.content, _times(sign, a.sign), label)]
            case Product():
                parts = (node.first, *(factor.content for factor in node.factors))
                return [pool for part in parts for pool in self._throw(part, sign, label)]
            case Function():
                return [pool for part in node.arguments for pool in self._throw(part, sign, label)]

    # Dice -------------------------------------------------------------------------------------

    def _throw_dice(self, dice: Dice, sign: Sign, label: str) -> Pool:
        count = required_count(self._computed(dice.count), dice.position)
        die = self._die(dice)
        selections = dice.modifiers.selections
        if advantage := self._advantage_on(dice):
            count = 2
            selections = (*selections, Selection(advantage, 1))
        refuse_never_unique(dice, die, count)
        pool = Pool(dice, die, sign, label)
        Hand(pool, self._draws).throw(count, selections)
        self._pool_of[id(dice)] = pool
        self.pools.append(pool)
        return pool

    def _die(self, dice: Dice) -> Die:
        if isinstance(dice.sides, Die):
            return dice.sides
        die = numbered(required_sides(self._computed(dice.sides), dice.position))
        refuse_endless(dice, die)
        return die

    def _computed(self, node: Node) -> Number:
        self._throw(node, 1, "")
        return self._value(node)

    def _advantage_on(self, dice: Dice) -> Choice | None:
        return dice.modifiers.advantage or (self._advantage if dice.is_single_d20 else None)

    # Groups -----------------------------------------------------------------------------------

    def _throw_group(self, group: Group, sign: Sign, label: str) -> None:
        if len(group.parts) == 1:
            self._throw_joined(group, sign, label)
        else:
            self._throw_parts(group, sign, label)

    def _throw_joined(self, group: Group, sign: Sign, label: str) -> None:
        """A group of one part: its dice are kept and dropped, what the part comes to is counted."""
        modifiers = group.modifiers
        pools = self._throw(group.parts[0], sign, label)
        choose([die for pool in pools for die in pool.rolled if die.kept], modifiers.selections)
        for pool in pools:
            pool.order = modifiers.order or pool.order
        self._group_worths[id(group)] = modifiers.tally([self._value(group.parts[0])])

    def _throw_parts(self, group: Group, sign: Sign, label: str) -> None:
        """A group of several parts: they are kept, dropped and counted whole."""
        modifiers = group.modifiers
        start = len(self.pools)
        thrown: list[list[Pool]] = []
        for part in group.parts:
            begin = len(self.pools)
            self._throw(part, sign, label)
            thrown.append(self.pools[begin:])
        worths = [self._value(part) for part in group.parts]
        kept = selected(worths, modifiers.selections)
        for place in set(range(len(worths))) - kept:
            for pool in thrown[place]:
                pool.drop()
        if modifiers.order:
            places = sorted(range(len(worths)), key=worths.__getitem__, reverse=modifiers.order == "descending")
            self.pools[start:] = [pool for place in places for pool in thrown[place]]
        self._group_worths[id(group)] = modifiers.tally([worths[place] for place in sorted(kept)])


def _times(sign: Sign, other: Sign) -> Sign:
    return 1 if sign == other else -1
