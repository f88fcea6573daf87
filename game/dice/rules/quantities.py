"""What a number must be to count dice or sides."""

from __future__ import annotations

from game.dice.rules.die import MAX_SIDES
from game.dice.rules.exact import Number, spoken
from game.dice.rules.lexer import DiceError


def required_count(number: Number, position: int) -> int:
    """The number, if as many dice can be counted; their limit is the formula's and not looked at here."""
    if not isinstance(number, int):
        raise _not_whole("dice", number, position)
    if number < 1:
        raise DiceError(
            "no_dice",
            f"There are {spoken(number)} dice at character {position + 1}; roll at least one, as in 1d6.",
            position,
        )
    return number


def required_sides(number: Number, position: int) -> int:
    """The number, if a die can have as many sides."""
    if not isinstance(number, int):
        raise _not_whole("sides", number, position)
    if not 1 <= number <= MAX_SIDES:
        raise DiceError(
            "sides",
            f"A die has 1 to {MAX_SIDES:,} sides, not {spoken(number)} "
            f"(character {position + 1}); type for example d20.",
            position,
        )
    return number


def _not_whole(what: str, number: Number, position: int) -> DiceError:
    return DiceError(
        "not_whole",
        f"The number of {what} at character {position + 1} is {spoken(number)}, which is not whole; "
        "floor() and ceil() make it so, as in (floor(5/2))d6.",
        position,
    )
