"""Rolling dice: a formula and chance in, a roll with every face out.

`game.rules.notation` has the grammar. Limits keep a hostile formula harmless: it is checked whole
before a die is drawn, and what it may hold keeps every total far within a trillion.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from game.rules.notation import Constant, Dice, Modifier, Sign, Sum, parse
from game.rules.tokens import DiceError

__all__ = ["MAX_FACES", "DiceError", "Face", "Roll", "RolledDice", "roll"]

MAX_FACES = 1_000


@dataclass(frozen=True, slots=True)
class Face:
    """What one die came up with, 1 to `sides`; `term` is its place in `Roll.terms`."""

    value: int
    sides: int
    kept: bool
    term: int


@dataclass(frozen=True, slots=True)
class RolledDice:
    """One dice term as a roll card shows it; `subtotal` is its kept faces without the sign."""

    notation: str
    sign: Sign
    sides: int
    faces: tuple[Face, ...]
    subtotal: int


@dataclass(frozen=True, slots=True)
class Roll:
    """A formula's outcome: the signed subtotals of `terms` and `modifier` add up to `total`.

    `modifier` is the sum of the formula's top-level constants, 0 without any.
    """

    total: int
    modifier: int
    terms: tuple[RolledDice, ...]

    @property
    def faces(self) -> tuple[Face, ...]:
        """Every face in the order drawn, dropped ones included."""
        return tuple(face for term in self.terms for face in term.faces)

    @property
    def rolls(self) -> tuple[int, ...]:
        """The values of `faces`."""
        return tuple(face.value for face in self.faces)


def roll(notation: str, randbelow: Callable[[int], int]) -> Roll:
    """Roll a formula, as in `4d6kh3 + 2`.

    `randbelow(n)` gives 0 to n - 1 and is asked once for each face, which is that + 1, in the
    order written. Any text that is no formula, or is one beyond a limit, raises DiceError before
    anything is drawn.
    """
    formula = parse(notation)
    _refuse_too_many_faces(formula)
    dice = [(signed.sign, signed.term) for signed in formula.terms if isinstance(signed.term, Dice)]
    terms = tuple(_roll_dice(place, sign, term, randbelow) for place, (sign, term) in enumerate(dice))
    modifier = _modifier(formula)
    return Roll(modifier + sum(term.sign * term.subtotal for term in terms), modifier, terms)


def _refuse_too_many_faces(formula: Sum) -> None:
    faces = 0
    for signed in formula.terms:
        if not isinstance(signed.term, Dice):
            continue
        faces += signed.term.count
        if faces > MAX_FACES:
            raise DiceError(
                "too_many_dice",
                f"A formula rolls at most {MAX_FACES:,} dice; with “{signed.term.notation}” at "
                f"character {signed.term.position + 1} it comes to {faces:,}. Roll fewer.",
                signed.term.position,
            )


def _modifier(formula: Sum) -> int:
    return sum(signed.sign * signed.term.value for signed in formula.terms if isinstance(signed.term, Constant))


def _roll_dice(place: int, sign: Sign, dice: Dice, randbelow: Callable[[int], int]) -> RolledDice:
    values = [randbelow(dice.sides) + 1 for _ in range(dice.count)]
    kept = _kept(values, dice.modifiers)
    faces = tuple(Face(value, dice.sides, index in kept, place) for index, value in enumerate(values))
    subtotal = sum(face.value for face in faces if face.kept)
    return RolledDice(dice.notation, sign, dice.sides, faces, subtotal)


def _kept(values: list[int], modifiers: tuple[Modifier, ...]) -> set[int]:
    """The places of the values that count: all that any keep names, without all that a drop names.

    Keep and drop both look at all the dice, in whatever order they are written. Among equal
    values the one drawn first is the one kept, so that keeping 3 of 4 and dropping 1 agree.
    """
    places = range(len(values))
    highest_first = sorted(places, key=values.__getitem__, reverse=True)
    lowest_first = sorted(places, key=values.__getitem__)
    keeps: set[int] = set()
    drops: set[int] = set()
    for modifier in modifiers:
        match modifier.choice:
            case "kh":
                keeps.update(highest_first[: modifier.count])
            case "kl":
                keeps.update(lowest_first[: modifier.count])
            case "dl":
                drops.update(highest_first[-modifier.count :])
            case "dh":
                drops.update(lowest_first[-modifier.count :])
    return (keeps or set(places)) - drops
