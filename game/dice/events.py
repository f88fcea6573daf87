"""Dice: the server rolls, or a player reports dice thrown by hand; seen by everybody, or hidden."""

from __future__ import annotations

from typing import Annotated, TypeVar

from msgspec import UNSET, Meta, Struct, UnsetType

from game.campaign.models import Character
from game.dice.fairness import seeds
from game.dice.fairness.seeds import Proof
from game.dice.rolls import Roll, RolledFor, VeiledRoll, Visibility, roll_of
from game.dice.rules import dice
from game.dice.rules.certain import refuse_uncertain
from game.dice.rules.price import price_of
from game.engine.commands import Play
from game.errors import Forbidden, Invalid, NotFound
from game.protocol import DMS, EVERYBODY, MAX_INTEGER, Audience, Cut, Player, Said, cut_to, event
from game.roles import Role

S = TypeVar("S", bound=Struct)

Limit = Meta(ge=-(10**12), le=10**12)
Total = Annotated[int, Limit] | Annotated[float, Limit]
Faces = Annotated[list[Annotated[int, Meta(ge=-1, le=1_000_000)]], Meta(max_length=dice.MAX_FACES)]
Formula = Annotated[str, Meta(min_length=1, max_length=500)]
Number = Annotated[int, Meta(ge=1, le=MAX_INTEGER)]  # an id, or a place in the log


class DiceRoll(Struct, frozen=True):
    """Somebody rolled."""

    player: Player
    roll: Roll
    timestamp: str


class VeiledDiceRoll(Struct, frozen=True):
    """Somebody rolled blind. This is what they see of it themselves."""

    player: Player
    roll: VeiledRoll
    timestamp: str


@event(
    "dice_roll",
    refusal="Spectators can't roll dice",
    cuts=(VeiledDiceRoll,),
    price=lambda data: price_of(data.formula),
)
def roll(
    play: Play,
    formula: Formula,
    result: Total | UnsetType = UNSET,
    rolls: Faces | UnsetType = UNSET,
    modifier: Total | UnsetType = UNSET,
    visibility: Visibility = "public",
    reason: Annotated[str, Meta(max_length=200)] = "",
    character_id: Number | None = None,
) -> Said[DiceRoll]:
    """Roll a formula such as `2d20kh1 + 5`, or report dice thrown by hand with their faces and total.

    `visibility` says who sees it. `public`: everybody. `dm`: the roller and the DMs. `blind`: the DMs; the roller sees
    only that they rolled. `self`: the roller alone. `character_id`: one of your own; by default the one you joined as.
    """
    character = character_of(play, character_id)
    reported = not (isinstance(result, UnsetType) and isinstance(rolls, UnsetType) and isinstance(modifier, UnsetType))
    if reported and visibility == "blind":
        raise Invalid("You can't make a reported roll blind: you have already seen it.")
    proof: Proof | UnsetType = UNSET
    if reported:
        rolled = _replayed(play, formula, result, rolls, modifier)
    else:
        if visibility != "public":
            refuse_uncertain(formula)
        with seeds.rolling(play.batch, play.row, formula) as roller:
            rolled, proof = roller.roll(formula, hidden=visibility != "public")
    shown = roll_of(
        formula,
        rolled,
        source="reported" if reported else "server",
        visibility=visibility,
        character=character,
        reason=reason,
        proof=proof,
    )
    return said_to(visibility, play.seat.user_id, DiceRoll(play.player, shown, play.timestamp), VeiledDiceRoll)


def character_of(play: Play, character_id: int | None) -> RolledFor | None:
    """The roll's character: one of the player's own, else the one they joined as. NotFound for any other."""
    if character_id is None:
        seated = play.player
        if seated.character_id is None or seated.character_name is None:
            return None
        return RolledFor(seated.character_id, seated.character_name)
    own = Character.objects.filter(pk=character_id, owner_id=play.seat.user_id, campaign_id=play.seat.campaign_id)
    name = own.values_list("name", flat=True).first()
    if name is None:
        raise NotFound("You have no such character in this campaign.")
    return RolledFor(character_id, name)


def _replayed(
    play: Play,
    formula: str,
    result: float | UnsetType,
    rolls: list[int] | UnsetType,
    modifier: float | UnsetType,
) -> dice.Roll:
    if isinstance(result, UnsetType) or isinstance(rolls, UnsetType):
        raise Invalid("A reported roll needs `result` and `rolls`; a roll by the server has neither.")
    if not play.campaign().allows_reported_rolls:
        raise Forbidden("This campaign does not allow reported rolls.")
    replayed = dice.replay(formula, rolls)
    if replayed.total != result:
        raise Invalid(f"These dice come to {replayed.total}, not {result}.")
    if not isinstance(modifier, UnsetType) and replayed.modifier != modifier:
        raise Invalid(f"The modifier of this formula is {replayed.modifier}, not {modifier}.")
    return replayed


def said_to(visibility: Visibility, roller: int, rolled: S, veil: type[Struct]) -> Said[S]:
    """A roll with its audience. The roller of a blind roll sees no more than the `veil`."""
    match visibility:
        case "public":
            return Said(rolled, EVERYBODY)
        case "dm":
            return Said(rolled, Audience(Role.DM, (roller,)))
        case "blind":
            return Said(rolled, DMS, cuts=[Cut(Audience(None, (roller,)), cut_to(rolled, veil))])
        case "self":
            return Said(rolled, Audience(None, (roller,)))
