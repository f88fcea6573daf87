"""Refusing what could never be thrown, before a die of it is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator

from game.dice.rules.die import Die
from game.dice.rules.draws import MAX_FACES, too_many_dice
from game.dice.rules.exact import spoken
from game.dice.rules.lexer import DiceError
from game.dice.rules.modifiers import Modifiers, Points, matches
from game.dice.rules.tree import Constant, Dice, Formula


def refuse_hopeless(formula: Formula) -> None:
    """DiceError where what is written already says that there are too many dice, or no end to them."""
    faces = 0
    for dice in formula.dice:
        if isinstance(dice.count, Constant):
            faces += int(dice.count.value) * formula.repeats
            if faces > MAX_FACES:
                raise too_many_dice(dice, f"it comes to {spoken(faces)}")
        if isinstance(dice.sides, Die):
            refuse_endless(dice, dice.sides)


def refuse_endless(dice: Dice, die: Die) -> None:
    """DiceError where every face of a die explodes, or is rerolled."""
    modifiers = dice.modifiers
    faces = list(_telling_faces(modifiers, die))
    explosion = modifiers.explosion
    if explosion and not explosion.once and _all_match(modifiers, explosion.points, faces, die.highest):
        raise _endless(dice, "explodes")
    if _all_match(modifiers, modifiers.rerolls, faces, die.lowest):
        raise _endless(dice, "is rerolled")


def refuse_never_unique(dice: Dice, die: Die, count: int) -> None:
    """DiceError where there are more dice than faces, and all must differ."""
    unique = dice.modifiers.unique
    if unique and not unique.once and None in unique.points and count > die.highest - die.lowest + 1:
        raise DiceError(
            "endless",
            f"The {spoken(count)} dice of “{dice.notation}” at character {dice.position + 1} "
            "can never all differ; roll fewer.",
            dice.position,
        )


def _all_match(modifiers: Modifiers, points: Points, faces: list[int], default: int) -> bool:
    return all(matches(points, modifiers.clamped(face), default) for face in faces)


def _telling_faces(modifiers: Modifiers, die: Die) -> Iterator[int]:
    """Faces among which there is one that matches no point, if there is such a face at all.

    A run of such faces ends where the die ends or beside a number that a point or a clamp names.
    """
    explosion = modifiers.explosion.points if modifiers.explosion else ()
    points = (*explosion, *modifiers.rerolls)
    named = (die.lowest, die.highest, modifiers.minimum, modifiers.maximum, *(point.value for point in points if point))
    for number in named:
        if number is not None:
            beside = range(math.floor(number) - 1, math.floor(number) + 3)
            yield from (face for face in beside if face in die.faces)


def _endless(dice: Dice, what: str) -> DiceError:
    return DiceError(
        "endless",
        f"Every face of “{dice.notation}” at character {dice.position + 1} {what}, without end; "
        "leave out at least one, as in 2d6!6 or 2d6r1.",
        dice.position,
    )
