"""The turn and the state of the combat."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Struct

from game.engine.commands import Play
from game.engine.log.storage import SessionRow
from game.engine.models import Session
from game.engine.snapshot import state
from game.protocol import Open, event
from game.roles import Role


class Turn(Struct, frozen=True):
    """The turn: at least the current character, and every key that the DM sent."""

    current_character_name: str | None


class Combat(Struct, frozen=True):
    """The combat: at least whether it is active, and every key that the DM sent."""

    active: bool


OpenTurn = Annotated[dict[str, Any], Open(Turn)]
OpenCombat = Annotated[dict[str, Any], Open(Combat)]


@state("turn")
def turn(row: SessionRow) -> OpenTurn | None:
    """The turn that a DM set last."""
    return Session.objects.values_list("turn", flat=True).get(pk=row.id)


@state("combat")
def combat(row: SessionRow) -> OpenCombat | None:
    """The combat that a DM set last."""
    return Session.objects.values_list("combat", flat=True).get(pk=row.id)


class TurnChange(Struct, frozen=True):
    """The turn changed; every key that the DM sent comes with it."""

    turn: OpenTurn
    timestamp: str


class CombatUpdate(Struct, frozen=True):
    """The combat changed; it replaces what was known of it."""

    combat: OpenCombat
    timestamp: str


@event("turn_change", who=Role.DM, refusal="Only DM can change turns", writes=True)
def change_turn(play: Play, turn: OpenTurn) -> TurnChange:
    """Set the turn, an object of at most 4 KiB."""
    Session.objects.filter(pk=play.session_id).update(turn=turn)
    return TurnChange(turn, play.timestamp)


@event("combat_update", who=Role.DM, refusal="Only DM can update combat", writes=True)
def update_combat(play: Play, combat: OpenCombat) -> CombatUpdate:
    """Set the state of the combat, an object of at most 4 KiB; it replaces the last."""
    Session.objects.filter(pk=play.session_id).update(combat=combat)
    return CombatUpdate(combat, play.timestamp)
