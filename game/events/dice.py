"""Dice: the server rolls, or somebody reports what they threw by hand."""

from __future__ import annotations

import secrets
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from game.errors import Forbidden, Invalid
from game.play import Play
from game.protocol import Player, event
from game.rolls import Roll, roll_of
from game.rules import dice

Limit = Meta(ge=-(10**12), le=10**12)
Total = Annotated[int, Limit] | Annotated[float, Limit]
Faces = Annotated[list[Annotated[int, Meta(ge=-1, le=1_000_000)]], Meta(max_length=dice.MAX_FACES)]
Formula = Annotated[str, Meta(min_length=1, max_length=500)]


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
        return DiceRoll(play.player, roll_of(formula, dice.roll(formula, secrets.randbelow)), play.timestamp)
    if isinstance(result, UnsetType) or isinstance(rolls, UnsetType):
        raise Invalid("A reported roll needs `result` and `rolls`; a roll by the server has neither.")
    if not play.campaign().allows_reported_rolls:
        raise Forbidden("This campaign does not allow reported rolls")
    replayed = dice.replay(formula, rolls)
    if replayed.total != result:
        raise Invalid(f"These dice come to {replayed.total}, not {result}.")
    if not isinstance(modifier, UnsetType) and replayed.modifier != modifier:
        raise Invalid(f"The modifier of this formula is {replayed.modifier}, not {modifier}.")
    return DiceRoll(play.player, roll_of(formula, replayed, source="reported"), play.timestamp)
