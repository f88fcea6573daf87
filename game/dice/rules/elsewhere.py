"""What other programs write: forms that would silently mean something else here, and what to type instead.

Only what is asked for now is looked at so: what an old log holds is read as it was rolled.
"""

from __future__ import annotations

import re
from itertools import pairwise

from game.dice.rules.die import FUDGE
from game.dice.rules.lexer import DiceError, Token, tokenise
from game.dice.rules.tree import Constant, Dice, Formula

# Dice at the beginning of a text, as in `1d20`, `(2)d6` or `d%`.
DICE_AHEAD = re.compile(r"[\s+({-]*[0-9]{0,9}\s*\)?\s*d\s*(?:[0-9%(]|f(?![a-z]))", re.IGNORECASE)

_COUNTED = re.compile(r"([^#]*?)([ \t]*)#([ \t]*)([^#]*).*", re.DOTALL)
_NUMBER = re.compile(r"[ \t(]*([0-9]{1,9})[ \t)]*")


def refuse_foreign_meaning(formula: Formula, notation: str) -> None:
    """DiceError for a formula that can be rolled, but probably means something else to its author."""
    _refuse_counted(formula, notation)
    for dice in formula.dice:
        _refuse_thousands(dice)
        modifiers = _modifiers(dice)
        _refuse_times(dice, modifiers)
        _refuse_dropping_all(dice, modifiers)


def _refuse_counted(formula: Formula, notation: str) -> None:
    """`3#1d20` is three rolls elsewhere; here it would be a 3 and a comment."""
    found = _COUNTED.fullmatch(notation)
    if found is None or not DICE_AHEAD.match(found[4]) or (formula.dice and (found[2] or found[3])):
        return
    rolled = found[4].strip()
    number = _NUMBER.fullmatch(found[1])
    times = int(number[1]) if number else 0
    instead = "to roll several times, put x and the number behind the formula, as in 1d20+5 x3"
    if 2 <= times <= 20:
        instead = f"to roll {times} times, type {rolled} x{times}"
    elif times == 1:
        instead = f"type {rolled} alone"
    position = found.end(2)
    raise DiceError(
        "ambiguous", f"The text behind the # at character {position + 1} is not rolled; {instead}.", position
    )


def _refuse_thousands(dice: Dice) -> None:
    """`d1.000` is a die with a thousand sides where the point groups digits; here it would have one."""
    tokens = tokenise(dice.notation)[0]
    for place, token in enumerate(tokens):
        beside = (tokens[place - 1], tokens[min(place + 1, len(tokens) - 1)])
        if "." in token.text and token.kind == "number" and (beside[0].text == "d" or beside[1].text in ("d", *FUDGE)):
            position = dice.position + token.start
            raise DiceError(
                "not_whole",
                f"“{token.text}” at character {position + 1} counts dice or sides; type it without a point.",
                position,
            )


def _refuse_times(dice: Dice, modifiers: list[Token]) -> None:
    """`2d6x10` is ten rolls elsewhere, and so may `4d6kh3x6` be; directly behind dice `x` is `!`."""
    for place, (word, number) in enumerate(pairwise(modifiers)):
        if word.text != "x" or number.kind != "number":
            continue
        sides = getattr(dice.sides, "highest", None)
        if place > 0 or (sides is not None and float(number.text) > sides):
            position = dice.position + word.start
            raise DiceError(
                "ambiguous",
                f"“x{number.text}” at character {position + 1} could repeat the formula or explode its dice; "
                f"to repeat, put a space before it, as in 4d6kh3 x6; to explode, type !{number.text}.",
                position,
            )


def _refuse_dropping_all(dice: Dice, modifiers: list[Token]) -> None:
    """`1d6d20` is as many d20 as the d6 shows elsewhere; here `d20` would drop every die."""
    if not isinstance(dice.count, Constant):
        return
    for word, number in pairwise(modifiers):
        if word.text == "d" and number.kind == "number" and float(number.text) >= dice.count.value:
            position = dice.position + word.start
            raise DiceError(
                "ambiguous",
                f"“d{number.text}” at character {position + 1} would drop every die; for as many dice as others show, "
                f"type parentheses, as in (1d6)d{number.text}; to drop the lowest, type dl1.",
                position,
            )


def _modifiers(dice: Dice) -> list[Token]:
    """The tokens behind the sides; what is in parentheses left out."""
    outside: list[Token] = []
    depth = 0
    for token in tokenise(dice.notation)[0]:
        depth -= token.text == ")"
        if depth == 0 and token.text not in ("(", ")"):
            outside.append(token)
        depth += token.text == "("
    begin = next(place for place, token in enumerate(outside) if token.text in ("d", *FUDGE)) + 1
    sides = outside[begin]
    return outside[begin + (sides.text == "%" or (sides.kind == "number" and outside[begin - 1].text == "d")) :]
