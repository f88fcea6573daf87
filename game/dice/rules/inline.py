"""Formulas inside a text, as in `I swing: [[1d20+5]]`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from game.dice.rules import dice
from game.dice.rules.lexer import DiceError
from game.dice.rules.notation import parse, read

# Up to the last of three brackets, which may be a label's; never past the next beginning, so that time stays linear.
_BRACKETS = re.compile(r"\[\[((?:(?!\[\[)[^\n]){1,500}?)\]\](?!\])")

# Reasons for which what stands in brackets was never meant as dice.
_TEXT = {"empty", "too_long", "character", "syntax", "label", "too_deep", "number_too_long"}


# Dice behind double brackets that nobody could read: a slip, and no other use of brackets.
_MISSED = re.compile(r"\[\[[\[\s+(-]*(?:[0-9]{0,9}\s*[dw]\s*[0-9%(]|[0-9]{1,9}\s*[dw]f\b)", re.IGNORECASE)


def formulas_in(text: str) -> list[str]:
    """The formulas in double brackets, in order.

    DiceError for one that can never be rolled, and for dice that cannot be read; what else stands there is text.
    """
    found = [(match, _refusal_of(match[1])) for match in _BRACKETS.finditer(text)]
    formulas = [match[1] for match, refusal in found if refusal is None]
    for place, (match, refusal) in enumerate(found, 1):
        if refusal and (refusal.reason not in _TEXT or _MISSED.match(match[0])):
            raise DiceError(refusal.reason, f"Double brackets {place}: {refusal.message}", refusal.position)
    rest = _BRACKETS.sub("", text)
    if missed := _MISSED.search(rest):
        raise DiceError(
            "syntax",
            "Dice in double brackets must be on one line, with up to 500 characters and two brackets on each side, "
            "as in [[1d20+5]].",
            text.find(missed[0]),
        )
    return formulas


def rolled_in(
    texts: Sequence[str], randbelow: Callable[[int], int], *, printed: bool = True
) -> list[list[tuple[str, dice.Roll]]]:
    """For each text its formulas, each with its roll. From the first that cannot be rolled on they stay text.

    So it is too after 1,000 dice in all, explosions and rerolls counted. `printed`: as `formulas_in` reads them;
    without it as it was done before printed minus signs were read.
    """
    found: list[list[tuple[str, dice.Roll]]] = [[] for _ in texts]
    drawn = 0
    for text, rolls in zip(texts, found, strict=True):
        try:
            for formula in _readable_in(text, printed=printed):
                rolled = dice.roll_again(formula, randbelow)
                drawn += len(rolled.rolls)
                if drawn > dice.MAX_FACES:
                    return found
                rolls.append((formula, rolled))
        except DiceError:
            return found
    return found


def _readable_in(text: str, *, printed: bool) -> list[str]:
    """The formulas; DiceError where the text has one that cannot be rolled."""
    formulas = []
    for found in _BRACKETS.finditer(text):
        try:
            read(found[1])
        except DiceError as error:
            if error.reason not in _TEXT:
                raise
        else:
            if printed or found[1].isascii():
                formulas.append(found[1])
    return formulas


def _refusal_of(formula: str) -> DiceError | None:
    try:
        parse(formula)
    except DiceError as error:
        return error
    return None
