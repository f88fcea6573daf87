"""What a text may cost to roll: an estimate from the text alone, before a die is drawn."""

from __future__ import annotations

import math
from functools import lru_cache

from game.dice.rules.die import Die
from game.dice.rules.draws import MAX_FACES
from game.dice.rules.inline import formulas_in
from game.dice.rules.lexer import DiceError
from game.dice.rules.modifiers import matches
from game.dice.rules.notation import read
from game.dice.rules.tree import Constant, Dice

DICE = 25  # that cost a credit of what a user may do
SPARE = 10  # faces, where chance decides how many there are


@lru_cache(maxsize=512)  # a table rolls the same few
def dice_in(formula: str) -> int:
    """How many faces a formula is likely to draw, explosions and rerolls among them; no more than may be drawn.

    0 where it cannot be read.
    """
    try:
        tree = read(formula)
    except DiceError as error:
        return MAX_FACES if error.reason == "too_many_dice" else 0
    advantage = 1 if tree.advantage else 0
    return min(MAX_FACES, (sum(map(_most, tree.dice)) + advantage) * tree.repeats)


def price_of(formula: str) -> float:
    """What a roll costs, in credits."""
    return dice_in(formula) / DICE


def price_of_text(text: str) -> float:
    """What the formulas in double brackets cost, in credits."""
    try:
        return sum(map(price_of, formulas_in(text)))
    except DiceError:
        return 0.0


def _most(dice: Dice) -> int:
    """Faces that these dice draw: all that a formula may, where the number is rolled."""
    modifiers = dice.modifiers
    if not isinstance(dice.count, Constant):
        return MAX_FACES
    count = int(dice.count.value) * (2 if modifiers.advantage else 1)
    if modifiers.unique and isinstance(dice.sides, Die):
        faces = len(dice.sides.faces)
        return math.ceil(sum(faces / max(1, faces - place) for place in range(count))) + SPARE
    if modifiers.explosion or modifiers.rerolls:
        return math.ceil(count * _again(dice)) + SPARE
    return count * 2 if modifiers.rerolls_once else count


def _again(dice: Dice) -> float:
    """How many faces one die is likely to draw; all that a formula may, where it is too large to be looked through."""
    if not isinstance(dice.sides, Die) or len(dice.sides.faces) > MAX_FACES:
        return MAX_FACES
    modifiers, die = dice.modifiers, dice.sides
    explosion = modifiers.explosion.points if modifiers.explosion else ()
    worth = [modifiers.clamped(face) for face in die.faces]
    ends = sum(
        not matches(explosion, one, die.highest) and not matches(modifiers.rerolls, one, die.lowest) for one in worth
    )
    return len(worth) / max(ends, 1)
