"""Dice: the server rolls, or somebody reports what they threw by hand; for everybody, or hidden and revealed later."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from game import fairness
from game.audience import Audience, restored
from game.errors import Forbidden, Invalid, NotFound
from game.fairness import Proof
from game.models import Character, LogEntry
from game.play import AlreadySo, Play
from game.protocol import MAX_INTEGER, Player, encode, event
from game.roles import Role
from game.rolls import Roll, RolledFor, VeiledRoll, Visibility, roll_of
from game.rules import dice

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
    """Somebody rolled blind: what they see of it themselves."""

    player: Player
    roll: VeiledRoll
    timestamp: str


@event("dice_roll", refusal="Spectators cannot roll dice", veil=VeiledDiceRoll)
def roll(
    play: Play,
    formula: Formula,
    result: Total | UnsetType = UNSET,
    rolls: Faces | UnsetType = UNSET,
    modifier: Total | UnsetType = UNSET,
    visibility: Visibility = "public",
    reason: Annotated[str, Meta(max_length=200)] = "",
    character_id: Number | None = None,
) -> DiceRoll:
    """Roll a formula such as `2d20kh1 + 5`; or report dice thrown by hand with their faces and total.

    `visibility`: who sees it. `public`: everybody; `dm`: the roller and the DMs; `blind`: the DMs, the roller only that
    it was rolled; `self`: the roller alone. `character_id`: one of your own, else the roll is of the one you sit with.
    """
    character = _character(play, character_id)
    reported = not (isinstance(result, UnsetType) and isinstance(rolls, UnsetType) and isinstance(modifier, UnsetType))
    if reported and visibility == "blind":
        raise Invalid("Who reports a roll has seen it: it cannot be blind.")
    proof: Proof | UnsetType = UNSET
    if reported:
        rolled = _replayed(play, formula, result, rolls, modifier)
    else:
        with fairness.rolling(play.batch, play.row, formula) as roller:
            rolled, proof = roller.roll(formula, hidden=visibility != "public")
    play.audience = _audience(visibility, play.seat.user_id)
    shown = roll_of(
        formula,
        rolled,
        source="reported" if reported else "server",
        visibility=visibility,
        character=character,
        reason=reason,
        proof=proof,
    )
    return DiceRoll(play.player, shown, play.timestamp)


def _character(play: Play, character_id: int | None) -> RolledFor | None:
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
        raise Forbidden("This campaign does not allow reported rolls")
    replayed = dice.replay(formula, rolls)
    if replayed.total != result:
        raise Invalid(f"These dice come to {replayed.total}, not {result}.")
    if not isinstance(modifier, UnsetType) and replayed.modifier != modifier:
        raise Invalid(f"The modifier of this formula is {replayed.modifier}, not {modifier}.")
    return replayed


def _audience(visibility: Visibility, roller: int) -> Audience | None:
    match visibility:
        case "public":
            return None
        case "dm":
            return Audience(Role.DM, (roller,))
        case "blind":
            return Audience(Role.DM, veiled=(roller,))
        case "self":
            return Audience(None, (roller,))


class RollRevealed(Struct, frozen=True):
    """A hidden roll, for everybody from now on: `seq` is its place in the log, `player` who revealed it.

    `roller` rolled it, at `rolled_at`.
    """

    player: Player
    seq: int
    roll: Roll
    roller: Player
    rolled_at: str
    timestamp: str


@event("roll_reveal", refusal="Spectators cannot reveal rolls", says="roll_revealed", writes=True)
def reveal(play: Play, seq: Number) -> RollRevealed:
    """Show a hidden roll, your own or as a DM any that you see, to everybody and for good. `seq`: its place in the log.

    One that everybody sees already is answered as a duplicate. Who rolled blind cannot reveal it.
    """
    entry = LogEntry.objects.filter(session_id=play.session_id, seq=seq, event="dice_roll").first()
    audience = restored(entry.audience) if entry else None
    if entry and audience is None:
        raise AlreadySo(seq)
    if audience and play.seat.user_id in audience.veiled and not play.player.is_dm:
        raise Forbidden("You rolled blind: only a DM can reveal it.")
    # Nothing tells a roll that one may not see from what is no roll.
    if entry is None or audience is None or not audience.includes(play.seat.user_id, play.seat.role):
        raise NotFound("There is no such roll to reveal.")
    hidden = msgspec.json.decode(entry.data, type=DiceRoll)
    shown = msgspec.structs.replace(hidden, roll=msgspec.structs.replace(hidden.roll, revealed=True))
    LogEntry.objects.filter(pk=entry.pk).update(audience=None, data=encode(shown).decode())
    return RollRevealed(play.player, seq, shown.roll, hidden.player, hidden.timestamp, play.timestamp)
