"""Dice: the server rolls, or somebody reports what they threw by hand."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from game import fairness
from game.errors import Forbidden, Invalid
from game.fairness import Proof
from game.play import Play
from game.protocol import Player, event
from game.rules import dice

Limit = Meta(ge=-(10**12), le=10**12)
Total = Annotated[int, Limit] | Annotated[float, Limit]
Faces = Annotated[list[Annotated[int, Meta(ge=-1, le=1_000_000)]], Meta(max_length=dice.MAX_FACES)]
Formula = Annotated[str, Meta(min_length=1, max_length=500)]


class Die(Struct, frozen=True):
    """One face of a term; `kept` is false for a dropped one."""

    value: int
    kept: bool


class DiceTerm(Struct, frozen=True):
    """One dice term of the formula; `sign` is 1 or -1, `subtotal` counts the kept dice."""

    notation: str
    sign: int
    sides: int
    dice: list[Die]
    subtotal: int | float


class Roll(Struct, frozen=True):
    """A roll: `rolls` has every face drawn, in order; `terms` says which of them counted. `proof`: of the server's."""

    formula: str
    result: int | float
    rolls: list[int]
    modifier: int | float
    source: Literal["server", "reported"]
    terms: list[DiceTerm]
    proof: Proof | UnsetType = UNSET


class DiceRoll(Struct, frozen=True):
    """Somebody rolled."""

    player: Player
    roll: Roll
    timestamp: str


@event("dice_roll", refusal="Spectators cannot roll dice")
def roll(
    play: Play,
    formula: Formula,
    result: Total | UnsetType = UNSET,
    rolls: Faces | UnsetType = UNSET,
    modifier: Total | UnsetType = UNSET,
) -> DiceRoll:
    """Roll a formula such as `2d20kh1 + 5`; or report dice thrown by hand with their faces and total."""
    if isinstance(result, UnsetType) and isinstance(rolls, UnsetType) and isinstance(modifier, UnsetType):
        with fairness.rolling(play.batch, play.row) as roller:
            rolled, proof = roller.roll(formula, hidden=False)
        return DiceRoll(play.player, _card(formula, rolled, "server", proof), play.timestamp)
    if isinstance(result, UnsetType) or isinstance(rolls, UnsetType):
        raise Invalid("A reported roll needs `result` and `rolls`; a roll by the server has neither.")
    if not play.campaign().allows_reported_rolls:
        raise Forbidden("This campaign does not allow reported rolls")
    replayed = dice.replay(formula, rolls)
    if replayed.total != result:
        raise Invalid(f"These dice come to {replayed.total}, not {result}.")
    if not isinstance(modifier, UnsetType) and replayed.modifier != modifier:
        raise Invalid(f"The modifier of this formula is {replayed.modifier}, not {modifier}.")
    return DiceRoll(play.player, _card(formula, replayed, "reported"), play.timestamp)


def _card(
    formula: str, rolled: dice.Roll, source: Literal["server", "reported"], proof: Proof | UnsetType = UNSET
) -> Roll:
    return Roll(
        formula=formula,
        result=rolled.total,
        rolls=list(rolled.rolls),
        modifier=rolled.modifier,
        source=source,
        terms=[
            DiceTerm(t.notation, t.sign, t.sides, [Die(f.value, f.kept) for f in t.faces], t.subtotal)
            for t in rolled.terms
        ],
        proof=proof,
    )
