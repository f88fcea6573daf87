"""The dice of one term: thrown, clamped, exploded, rerolled, made unique, kept and dropped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from game.dice.rules.die import Die
from game.dice.rules.draws import Drawn, Draws
from game.dice.rules.exact import Number
from game.dice.rules.modifiers import Modifiers, Order, Selection, matches, selected
from game.dice.rules.tree import Dice, Sign

MAX_REROLLS = 200  # of one die by `r`; two in three would match that often once in 10**35 dice


@dataclass(slots=True)
class Rolled:
    """One die as it counts; a compounding one has several faces, a rerolled one had others first."""

    faces: list[Drawn]
    worth: Number
    kept: bool = True


@dataclass(slots=True)
class Pool:
    """The dice of one term, in the order in which they are shown."""

    dice: Dice
    die: Die
    sign: Sign
    label: str
    rolled: list[Rolled] = field(default_factory=list)
    order: Order | None = None
    counts: bool = True

    @property
    def modifiers(self) -> Modifiers:
        """What was asked of the dice."""
        return self.dice.modifiers

    def subtotal(self) -> Number:
        """What the kept dice come to, without the sign; 0 where a group dropped the whole term."""
        if not self.counts:
            return 0
        return self.modifiers.tally([rolled.worth for rolled in self.rolled if rolled.kept])

    def drop(self) -> None:
        """Drops the whole term."""
        self.counts = False
        for rolled in self.rolled:
            rolled.kept = False

    def shown(self) -> list[Rolled]:
        """The dice in the order asked for."""
        if self.order is None:
            return self.rolled
        return sorted(self.rolled, key=lambda rolled: rolled.worth, reverse=self.order == "descending")


def choose(rolled: list[Rolled], selections: Iterable[Selection]) -> None:
    """Keeps and drops among these dice."""
    kept = selected([die.worth for die in rolled], tuple(selections))
    for place, die in enumerate(rolled):
        die.kept = place in kept


class Hand:
    """Throws the dice of one term. All are drawn first, then die by die what comes on top."""

    def __init__(self, pool: Pool, draws: Draws) -> None:
        self._pool = pool
        self._die = pool.die
        self._modifiers = pool.modifiers
        self._draws = draws

    def throw(self, count: int, selections: Iterable[Selection]) -> None:
        """Fills the pool."""
        self._draws.refuse_too_many(self._pool.dice, count)
        first_faces = [self._draw() for _ in range(count)]
        rolled = [die for face in first_faces for die in self._exploded(Rolled([face], face.worth))]
        for die in rolled:
            self._reroll(die)
        self._make_unique(rolled)
        choose(rolled, selections)
        self._pool.rolled = rolled
        self._pool.order = self._modifiers.order

    def _draw(self) -> Drawn:
        return self._draws.draw(self._pool.dice, self._die)

    def _exploded(self, first: Rolled) -> list[Rolled]:
        """The die with those that its explosion adds."""
        explosion = self._modifiers.explosion
        chain = [first]
        worth = first.worth
        while explosion and matches(explosion.points, worth, self._die.highest):
            chain[-1].faces[-1].exploded = True
            face = self._draw()
            # It explodes on what it shows; penetrating, it counts for one less.
            worth = face.worth
            face.worth -= explosion.penetrating
            if explosion.compounding:
                first.faces.append(face)
                first.worth += face.worth
            else:
                chain.append(Rolled([face], face.worth))
            if explosion.once:
                break
        return chain

    def _reroll(self, die: Rolled) -> None:
        until, once = self._modifiers.rerolls, self._modifiers.rerolls_once
        lowest = self._die.lowest
        left = MAX_REROLLS
        while True:
            if left and matches(until, die.worth, lowest):
                left -= 1
            elif matches(once, die.worth, lowest):
                once = ()
            else:
                return
            self._replace(die)

    def _make_unique(self, rolled: list[Rolled]) -> None:
        unique = self._modifiers.unique
        if unique is None:
            return
        seen: set[Number] = set()
        for die in rolled:
            while die.worth in seen and unique.about(die.worth):
                self._replace(die)
                if unique.once:
                    break
            seen.add(die.worth)

    def _replace(self, die: Rolled) -> None:
        for face in die.faces:
            face.rerolled = True
        face = self._draw()
        die.faces.append(face)
        die.worth = face.worth
