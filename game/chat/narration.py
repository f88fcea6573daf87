"""The DM's voice."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Raw, Struct

from game.engine.commands import Play
from game.engine.log.frame import Frame
from game.engine.log.history import COLUMNS
from game.engine.log.storage import SessionRow
from game.engine.models import LogEntry
from game.engine.snapshot import state
from game.protocol import Player, event
from game.roles import Role


@state("narration")
def narration(row: SessionRow) -> Raw | None:
    """The frame of the newest narration, no matter how old."""
    told = LogEntry.objects.filter(session_id=row.id, event="dm_narration").order_by("-seq")
    newest = told.values_list(*COLUMNS).first()
    return None if newest is None else Raw(Frame.stored(*newest).text)


class DmNarration(Struct, frozen=True):
    """A DM narrated."""

    player: Player
    narration: str
    timestamp: str


@event("dm_narration", who=Role.DM, refusal="Only DM can send narration")
def narrate(play: Play, narration: Annotated[str, Meta(min_length=1, max_length=8000)]) -> DmNarration:
    """Narrate the scene. Everybody sees it on the stage and in the chat."""
    return DmNarration(play.player, narration, play.timestamp)
