"""A DM ends and reopens a session. Both are in its log."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from game.dice.fairness import seeds
from game.engine import acl
from game.engine.log.storage import storage
from game.engine.log.writer import Batch
from game.engine.models import Session
from game.protocol import encode
from game.sessions.events import SessionStatus


def end(session_id: int) -> None:
    """End the session: it stays readable and takes no commands. Ending an ended one changes nothing."""
    _set(session_id, ended=True)


def reopen(session_id: int) -> None:
    """Let an ended session go on where it stopped."""
    _set(session_id, ended=False)


def _set(session_id: int, *, ended: bool) -> None:
    with transaction.atomic():
        batch = Batch(storage(), [])
        batch.open([session_id])
        row = batch.row(session_id)
        if row is None or row.ended == ended:
            return
        Session.objects.filter(pk=session_id).update(ended_at=timezone.now() if ended else None)
        change = seeds.close(row) if ended else seeds.reopen(row)
        batch.append(row, "session_status", encode(SessionStatus(ended, batch.stamp, change)))
        batch.flush()
        acl.touch([session_id])
