"""What a text may cost to roll: an upper estimate, made before anything is parsed."""

from __future__ import annotations

import re

from game.dice.rules.draws import MAX_FACES

DICE = 25  # that cost a credit of what a user may do

_DICE = re.compile(r"(\)|\d*)\s*[dD](?=[\d%(fF]|\s*\d)")
_REPEATS = re.compile(r"[xX]\s*(\d{1,3})\b")


def dice_in(text: str) -> int:
    """How many dice the formulas of a text throw at most, explosions and rerolls apart; no more than may be rolled."""
    dice = 0
    for found in _DICE.finditer(text):
        count = found[1]
        if count == ")" or len(count) > 4:
            return MAX_FACES
        dice += int(count or 1)
    for repeats in _REPEATS.finditer(text):
        dice *= int(repeats[1])
    return min(dice, MAX_FACES)


def price_of(formula: str) -> float:
    """What a roll costs, in credits."""
    return dice_in(formula) / DICE


def price_of_text(text: str) -> float:
    """What the formulas in double brackets cost, in credits."""
    return price_of(text) if "[[" in text else 0.0
