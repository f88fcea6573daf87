"""A roll as the wire carries it: what the rules know of each die, and for whom and what it was rolled.

What is false, empty or said already is left out of the frame.
"""

from __future__ import annotations

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from game.dice.fairness.seeds import Proof
from game.dice.rules import dice

Source = Literal["server", "reported"]
Visibility = Literal["public", "dm", "blind", "self"]


class Die(Struct, frozen=True, omit_defaults=True):
    """One die of a term: the face it shows, and what became of it.

    `worth`: what it counts for, where that is not its `value`. `exploded`: another die was rolled on top of it;
    `rerolled`: another took its place. `critical`, `fumble`, `success` and `failure` are of kept dice alone.
    """

    value: int
    kept: bool
    worth: int | float | UnsetType = UNSET
    exploded: bool = False
    rerolled: bool = False
    critical: bool = False
    fumble: bool = False
    success: bool = False
    failure: bool = False


class DiceTerm(Struct, frozen=True, omit_defaults=True):
    """One dice term of the formula, as in `4d6kh3`.

    `die` names the die, as in `d20` and `dF.1`; `sides` is how many faces it has. `sign` is 1 or -1. `dice` stand die
    by die, each with its rerolls and what its explosions added behind it. `subtotal`, without the sign, is what the
    kept ones come to: their sum, successes less failures, or a margin.
    """

    notation: str
    sign: int
    die: str
    sides: int
    dice: list[Die]
    subtotal: int | float
    label: str = ""


class Bonus(Struct, frozen=True, omit_defaults=True):
    """A constant that is added to a roll, with its sign."""

    value: int | float
    label: str = ""


class RolledFor(Struct, frozen=True):
    """The character that a roll is of."""

    id: int
    name: str


class Roll(Struct, frozen=True, omit_defaults=True):
    """A roll: `rolls` has every face drawn, in order; `terms` says what became of each.

    `result` and `modifier` are sums over all times that the formula was rolled. `results`, of a repeated one (`x6`),
    are the totals of each time: the `terms` divide evenly among them, in order, and the `bonuses` are added to each.
    `visibility` is how it was rolled; once `revealed`, everybody sees it all the same. `reason`: what it is
    for. `proof`: what a roll of the server's is verified with.
    """

    formula: str
    result: int | float
    rolls: list[int]
    modifier: int | float
    source: Source
    visibility: Visibility
    terms: list[DiceTerm]
    bonuses: list[Bonus] = []
    results: list[int | float] = []
    character: RolledFor | UnsetType = UNSET
    reason: str = ""
    revealed: bool = False
    proof: Proof | UnsetType = UNSET


class VeiledRoll(Struct, frozen=True, omit_defaults=True):
    """A blind roll as its roller sees it: what was rolled, and nothing of what fell."""

    formula: str
    visibility: Visibility
    character: RolledFor | UnsetType = UNSET
    reason: str = ""


def roll_of(
    formula: str,
    rolled: dice.Roll,
    *,
    source: Source = "server",
    visibility: Visibility = "public",
    character: RolledFor | None = None,
    reason: str = "",
    proof: Proof | UnsetType = UNSET,
) -> Roll:
    """The roll of a formula as it is broadcast; without a reason its comment is one."""
    repeated = len(rolled.results) > 1
    return Roll(
        formula=formula,
        result=rolled.total,
        rolls=list(rolled.rolls),
        modifier=rolled.modifier,
        source=source,
        visibility=visibility,
        terms=[_term(term) for term in rolled.terms],
        bonuses=[Bonus(bonus.value, bonus.label) for bonus in rolled.results[0].bonuses],
        results=[result.total for result in rolled.results] if repeated else [],
        character=UNSET if character is None else character,
        reason=reason or rolled.comment,
        proof=proof,
    )


def _term(term: dice.RolledDice) -> DiceTerm:
    dice_of = [_die(face) for face in term.faces]
    return DiceTerm(term.notation, term.sign, term.die, term.sides, dice_of, term.subtotal, term.label)


def _die(face: dice.Face) -> Die:
    return Die(
        value=face.value,
        kept=face.kept,
        worth=UNSET if face.worth == face.value else face.worth,
        exploded=face.exploded,
        rerolled=face.rerolled,
        critical=face.critical,
        fumble=face.fumble,
        success=face.success,
        failure=face.failure,
    )
