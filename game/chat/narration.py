"""The DM's voice."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from game.engine.commands import Play
from game.protocol import Player, event
from game.roles import Role


class DmNarration(Struct, frozen=True):
    """The DM narrated."""

    player: Player
    narration: str
    timestamp: str


@event("dm_narration", who=Role.DM, refusal="Only DM can send narration")
def narrate(play: Play, narration: Annotated[str, Meta(min_length=1, max_length=8000)]) -> DmNarration:
    """Narrate the scene; everybody sees it set apart from the chat."""
    return DmNarration(play.player, narration, play.timestamp)
