"""What a command that rolls costs, told from its text before anything is drawn: for who limits what one user may ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from game.dice.rules.draws import MAX_FACES
from game.dice.rules.inline import formulas_in
from game.dice.rules.lexer import DiceError
from game.dice.rules.modifiers import Modifiers
from game.dice.rules.notation import read
from game.dice.rules.tree import Constant, Dice, Formula

DIE_BYTES = 45  # of a die in the log: its face in `rolls`, and its entry in `terms`
ROLL_BYTES = 400  # of a roll without its dice, its proof among it


@dataclass(frozen=True, slots=True)
class Work:
    """Faces that may be drawn, and about how many bytes of log they become."""

    dice: int = 0
    size: int = 0

    def __add__(self, other: Work) -> Work:
        return Work(self.dice + other.dice, self.size + other.size)

    def priced(self, dice_for_one: int = 50, bytes_for_one: int = 4096) -> int:
        """The price in credits: 1, and 1 more for each so many dice or bytes, whichever is dearer."""
        return 1 + max(self.dice // dice_for_one, self.size // bytes_for_one)


@lru_cache(maxsize=512)  # a table rolls the same few
def work_of(formula: str) -> Work:
    """What a roll of this formula may cost at most; one that cannot be read costs nothing but its length."""
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
    """Faces that these dice may draw: all that a formula may, where explosions, rerolls or other dice decide."""
    modifiers = dice.modifiers
    again = (modifiers.explosion, modifiers.rerolls, modifiers.rerolls_once, modifiers.unique)
    if not isinstance(dice.count, Constant) or modifiers != Modifiers() and any(again):
        return MAX_FACES
    return int(dice.count.value) * (2 if modifiers.advantage else 1)


def _advantage(formula: Formula) -> int:
    return formula.repeats if formula.advantage else 0
