"""What a roll card shows: every die of every term, with what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from game.dice.rules.die import Die
from game.dice.rules.draws import Drawn
from game.dice.rules.exact import shown
from game.dice.rules.modifiers import Points, matches
from game.dice.rules.pool import Pool, Rolled
from game.dice.rules.tree import Sign


@dataclass(frozen=True, slots=True)
class Face:
    """What one die came up with, and what became of it.

    `worth` is what it counts for, after clamping and penetrating; `term` its place in `Roll.terms`,
    `place` its place in `Roll.faces`. `exploded`: another die was rolled on top of it. `rerolled`:
    another took its place. `critical`, `fumble`, `success`, `failure` are of kept dice alone.
    """

    value: int
    sides: int
    kept: bool
    term: int
    place: int
    worth: int | float
    exploded: bool = False
    rerolled: bool = False
    critical: bool = False
    fumble: bool = False
    success: bool = False
    failure: bool = False


@dataclass(frozen=True, slots=True)
class RolledDice:
    """One dice term as a roll card shows it.

    `die` names the die, as in "d20" and "dF.1"; `sides` is how many equally likely faces it has.
    `faces` stand die by die, each with its rerolls and what its explosions added behind it, sorted
    where that was asked for. `subtotal` is what the kept ones come to, without the sign: their sum,
    successes less failures, or a margin. `sign` is -1 where a minus stands before the term or what
    is around it.
    """

    notation: str
    sign: Sign
    sides: int
    faces: tuple[Face, ...]
    subtotal: int | float
    die: str
    label: str


@dataclass(frozen=True, slots=True)
class Bonus:
    """A constant that is added to a roll, with its sign and its label."""

    value: int | float
    label: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a formula came to once; in a plain sum the signed subtotals and `modifier` add up to it.

    `modifier` is the sum of `bonuses`: the addends of the whole formula that hold no dice.
    """

    total: int | float
    modifier: int | float
    terms: tuple[RolledDice, ...]
    bonuses: tuple[Bonus, ...]


def rolled_dice(pool: Pool, term: int) -> RolledDice:
    """The card of a term, the `term`th of its roll."""
    return RolledDice(
        notation=pool.dice.notation,
        sign=pool.sign,
        sides=len(pool.die.faces),
        faces=tuple(_face(drawn, die, pool, term) for die in pool.shown() for drawn in die.faces),
        subtotal=shown(pool.subtotal()),
        die=pool.die.name,
        label=pool.label,
    )


def _face(drawn: Drawn, rolled: Rolled, pool: Pool, term: int) -> Face:
    modifiers, die = pool.modifiers, pool.die
    kept = rolled.kept and not drawn.rerolled
    judged = modifiers.count.judge(rolled.worth) if kept and modifiers.count else 0
    return Face(
        value=drawn.value,
        sides=len(die.faces),
        kept=kept,
        term=term,
        place=drawn.place,
        worth=shown(drawn.worth),
        exploded=drawn.exploded,
        rerolled=drawn.rerolled,
        critical=kept and matches(_marks(modifiers.criticals, die), drawn.value, die.highest),
        fumble=kept and matches(_marks(modifiers.fumbles, die), drawn.value, die.lowest),
        success=judged == 1,
        failure=judged == -1,
    )


def _marks(points: Points, die: Die) -> Points:
    """What marks a face: a d20 shows its 20 and its 1 unasked."""
    return points or ((None,) if die.name == "d20" else ())
