"""Rolls inside a sentence, as in `I swing: [[1d20+5]]`."""

from __future__ import annotations

from game.dice.fairness import seeds
from game.dice.rolls import Roll, roll_of
from game.dice.rules import dice
from game.dice.rules.inline import formulas_in
from game.engine.commands import Play
from game.errors import Invalid

MAX_INLINE = 10  # rolls in one message


def inline_rolls(text: str, play: Play) -> list[Roll]:
    """The formulas in double brackets, rolled in their order. What stands there and is no formula stays text.

    Invalid for more than 10 rolls or more than 1,000 dice in all; DiceError for a formula that cannot be rolled.
    """
    formulas = formulas_in(text)
    if not formulas:
        return []
    if len(formulas) > MAX_INLINE:
        raise Invalid(f"A message may roll at most {MAX_INLINE} times.")
    with seeds.rolling(play.batch, play.row, text) as roller:
        drawn = 0
        rolls: list[Roll] = []
        for formula in formulas:
            rolled, proof = roller.roll(formula, hidden=False)
            drawn += len(rolled.rolls)
            if drawn > dice.MAX_FACES:
                raise Invalid(f"A message may roll at most {dice.MAX_FACES:,} dice, including explosions and rerolls.")
            rolls.append(roll_of(formula, rolled, proof=proof))
    return rolls
