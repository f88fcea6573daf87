"""A roll or a draw, done again with its own chance and compared with what the log says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from game.dice.rules import dice
from game.dice.rules.fairness.card import card_of, shown
from game.dice.rules.fairness.chance import Chance
from game.dice.rules.inline import rolled_in
from game.dice.rules.lexer import DiceError


class Flaw(Exception):
    """Something does not fit; the message says what, for a player."""


def roll_again(roll: Mapping[str, Any], chance: Chance) -> None:
    """Flaw where the dice, rolled again, differ from what the roll says."""
    try:
        again = dice.roll_again(roll["formula"], chance.randbelow)
    except DiceError:
        raise Flaw("its formula cannot be rolled.") from None
    _compare(roll, again)


def draw_again(draw: Mapping[str, Any], chance: Chance) -> None:
    """Flaw where the numbers of a draw, or the dice in the texts that were drawn, differ from what it says."""
    rows = draw["rows"]
    if not rows:
        raise Flaw("it does not say what was drawn.")
    numbers = [chance.randbelow(row["of"]) + 1 for row in rows]
    if numbers != [row["number"] for row in rows]:
        raise Flaw(f"the numbers must have been {numbers}, not {[row['number'] for row in rows]}.")
    texts = [row["text"] for row in rows]
    printed = any(not roll["formula"].isascii() for row in rows for roll in row.get("rolls", []))
    for row, again in zip(rows, rolled_in(texts, chance.randbelow, printed=printed), strict=True):
        rolls = row.get("rolls", [])
        if [roll["formula"] for roll in rolls] != [formula for formula, _ in again]:
            raise Flaw("it rolled other formulas than those in its text.")
        for roll, (_, rolled) in zip(rolls, again, strict=True):
            _compare(roll, rolled)


def _compare(roll: Mapping[str, Any], again: dice.Roll) -> None:
    if list(again.rolls) != roll["rolls"]:
        raise Flaw(f"the dice must have shown {list(again.rolls)}, not {roll['rolls']}.")
    if (again.total, again.modifier) != (roll["result"], roll["modifier"]):
        raise Flaw(f"these dice come to {again.total}, not {roll['result']}.")
    if shown(roll) != card_of(again):
        raise Flaw("its card does not show the dice as they were rolled.")
