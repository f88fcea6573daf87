"""Rolls inside a sentence, as in `I swing: [[1d20+5]]`."""

from __future__ import annotations

import re

from game import fairness
from game.errors import Invalid
from game.play import Play
from game.rolls import Roll, roll_of
from game.rules import dice
from game.rules.notation import parse

MAX_INLINE = 10  # rolls in one message

# Up to the last of three brackets, which may be a label's; never past the next beginning, so that time stays linear.
_BRACKETS = re.compile(r"\[\[((?:(?!\[\[)[^\n]){1,500}?)\]\](?!\])")


# Reasons for which what stands in brackets was never meant as dice.
_TEXT = {"empty", "too_long", "character", "syntax", "label", "too_deep", "number_too_long"}


def inline_rolls(text: str, play: Play) -> list[Roll]:
    """The formulas in double brackets, rolled in their order. What stands there and is no formula stays text.

    Invalid for more than 10 rolls or more than 1,000 dice in all; DiceError for a formula that cannot be rolled.
    """
    formulas = [found[1] for found in _BRACKETS.finditer(text) if _is_formula(found[1])]
    if not formulas:
        return []
    if len(formulas) > MAX_INLINE:
        raise Invalid(f"A message may roll at most {MAX_INLINE} times.")
    with fairness.rolling(play.batch, play.row, text) as roller:
        drawn = 0
        rolls: list[Roll] = []
        for formula in formulas:
            rolled, proof = roller.roll(formula, hidden=False)
            drawn += len(rolled.rolls)
            if drawn > dice.MAX_FACES:
                raise Invalid(f"A message may roll at most {dice.MAX_FACES:,} dice, explosions and rerolls counted.")
            rolls.append(roll_of(formula, rolled, proof=proof))
    return rolls


def _is_formula(text: str) -> bool:
    """DiceError for one that cannot be rolled."""
    try:
        parse(text)
    except dice.DiceError as error:
        if error.reason in _TEXT:
            return False
        raise
    return True
