"""Whose turn it is, and how the fight stands."""

from __future__ import annotations

from msgspec import Struct

from game.engine.announcements import OpenCombat, OpenTurn
from game.engine.commands import Play
from game.engine.models import Session
from game.protocol import event
from game.roles import Role


class TurnChange(Struct, frozen=True):
    """The turn changed; every key that the DM sent comes with it."""

    turn: OpenTurn
    timestamp: str


class CombatUpdate(Struct, frozen=True):
    """The fight changed; it replaces what was known of it."""

    combat: OpenCombat
    timestamp: str


@event("turn_change", who=Role.DM, refusal="Only DM can change turns", writes=True)
def change_turn(play: Play, turn: OpenTurn) -> TurnChange:
    """Set the turn, an object of at most 4 KiB."""
    Session.objects.filter(pk=play.session_id).update(turn=turn)
    return TurnChange(turn, play.timestamp)


@event("combat_update", who=Role.DM, refusal="Only DM can update combat", writes=True)
def update_combat(play: Play, combat: OpenCombat) -> CombatUpdate:
    """Set the state of the fight, an object of at most 4 KiB; it replaces the last."""
    Session.objects.filter(pk=play.session_id).update(combat=combat)
    return CombatUpdate(combat, play.timestamp)
