"""Drawing faces one by one, in a budget that explosions and rerolls share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from game.dice.rules.die import Die
from game.dice.rules.exact import Number, spoken
from game.dice.rules.lexer import DiceError
from game.dice.rules.tree import Dice

MAX_FACES = 1_000

Chance: TypeAlias = Callable[[Die], int]


@dataclass(slots=True)
class Drawn:
    """A face as it came up, and what it counts for; `place` counts all faces of the formula from 0."""

    value: int
    worth: Number
    place: int
    exploded: bool = False
    rerolled: bool = False


class Draws:
    """Draws faces until the budget of the whole formula, repeats included, is spent."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._drawn = 0

    @property
    def begun(self) -> bool:
        """Whether a face was drawn."""
        return self._drawn > 0

    def refuse_too_many(self, dice: Dice, count: int) -> None:
        """DiceError where `count` more dice are beyond the budget, before any of them is drawn."""
        if self._drawn + count > MAX_FACES:
            raise too_many_dice(dice, f"it comes to {spoken(self._drawn + count)}")

    def draw(self, dice: Dice, die: Die) -> Drawn:
        """One face of a die of these dice, clamped as they ask for."""
        if self._drawn == MAX_FACES:
            raise too_many_dice(dice, "explosions and rerolls bring it to more")
        value = self._chance(die)
        face = Drawn(value, dice.modifiers.clamped(value), self._drawn)
        self._drawn += 1
        return face


def too_many_dice(dice: Dice, what: str) -> DiceError:
    """The refusal of a formula that rolls more faces than it may."""
    return DiceError(
        "too_many_dice",
        f"A formula rolls at most {MAX_FACES:,} dice; with “{dice.notation}” at "
        f"character {dice.position + 1} {what}. Roll fewer.",
        dice.position,
    )
