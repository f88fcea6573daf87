"""What a command that rolls costs, told from its text before a die is drawn: for limits on what one user may ask."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from game.dice.rules.die import Die
from game.dice.rules.draws import MAX_FACES
from game.dice.rules.inline import formulas_in
from game.dice.rules.lexer import DiceError
from game.dice.rules.modifiers import matches
from game.dice.rules.notation import read
from game.dice.rules.tree import Constant, Dice, Formula

DICE, BYTES = 25, 4096  # that cost a credit
DIE_BYTES = 45  # of a die in the log: its face in `rolls`, and its entry in `terms`
ROLL_BYTES = 400  # of a roll without its dice, its proof among it
SPARE = 10  # faces, where chance decides how many there are


@dataclass(frozen=True, slots=True)
class Work:
    """Faces that are likely to be drawn, and about how many bytes of log they become."""

    dice: int = 0
    size: int = 0

    def __add__(self, other: Work) -> Work:
        return Work(self.dice + other.dice, self.size + other.size)

    @property
    def credits(self) -> float:
        """The price beside that of the frame itself, by dice or by bytes, whichever is dearer."""
        return max(self.dice / DICE, self.size / BYTES)


@lru_cache(maxsize=512)  # a table rolls the same few
def work_of(formula: str) -> Work:
    """What a roll of this formula is likely to cost; one that cannot be read costs nothing but its length."""
    try:
        tree = read(formula)
    except DiceError:
        return Work(0, len(formula))
    dice = min(MAX_FACES, sum(map(_most, tree.dice)) * tree.repeats + _advantage(tree))
    return Work(dice, ROLL_BYTES + len(formula) * tree.repeats + DIE_BYTES * dice)


def work_in(text: str) -> Work:
    """The same of a line of chat with formulas in double brackets."""
    try:
        return sum(map(work_of, formulas_in(text)), Work(0, len(text)))
    except DiceError:
        return Work(0, len(text))


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


def _advantage(formula: Formula) -> int:
    return formula.repeats if formula.advantage else 0
