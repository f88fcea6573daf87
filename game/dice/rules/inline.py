"""Formulas inside a text, as in `I swing: [[1d20+5]]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from game.dice.rules import dice
from game.dice.rules.lexer import DiceError
from game.dice.rules.notation import parse

# Up to the last of three brackets, which may be a label's; never past the next beginning, so that time stays linear.
_BRACKETS = re.compile(r"\[\[((?:(?!\[\[)[^\n]){1,500}?)\]\](?!\])")

# Reasons for which what stands in brackets was never meant as dice.
_TEXT = {"empty", "too_long", "character", "syntax", "label", "too_deep", "number_too_long"}


def formulas_in(text: str) -> list[str]:
    """What stands in double brackets and is a formula, in its order. DiceError for one that can never be rolled."""
    return [found[1] for found in _BRACKETS.finditer(text) if _is_formula(found[1])]


def rolled_in(texts: Sequence[str], randbelow: Callable[[int], int]) -> list[list[tuple[str, dice.Roll]]]:
    """For each text its formulas, each with its roll. From the first that cannot be rolled on they stay text.

    So it is too after 1,000 dice in all, explosions and rerolls counted.
    """
    found: list[list[tuple[str, dice.Roll]]] = [[] for _ in texts]
    drawn = 0
    for text, rolls in zip(texts, found, strict=True):
        try:
            for formula in formulas_in(text):
                rolled = dice.roll(formula, randbelow)
                drawn += len(rolled.rolls)
                if drawn > dice.MAX_FACES:
                    return found
                rolls.append((formula, rolled))
        except DiceError:
            return found
    return found


def _is_formula(text: str) -> bool:
    """DiceError for one that cannot be rolled."""
    try:
        parse(text)
    except DiceError as error:
        if error.reason in _TEXT:
            return False
        raise
    return True
