"""Whether a session is open; everybody at the table is told."""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType

from game.dice.fairness.seeds import FairnessChange
from game.engine.log.storage import SessionRow
from game.engine.snapshot import state
from game.protocol import announcement


@state("ended")
def ended(row: SessionRow) -> bool:
    """Whether a DM ended the session."""
    return bool(row.ended)


@announcement("session_status", to="room", stored=True, plays=False)
class SessionStatus(Struct, frozen=True):
    """A DM ended or reopened the session. An ended session can be read, and takes no commands.

    Ending it reveals the secret in use; reopening it commits to another one.
    """

    ended: bool
    timestamp: str
    fairness: FairnessChange | UnsetType = UNSET
