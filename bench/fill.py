"""A session that has been played for a long time. Runs inside `manage.py shell`."""

from __future__ import annotations

import json

from django.utils import timezone

from game.engine.models import LogEntry, Session


def fill(session_id: int, entries: int) -> None:
    """Give an unused session a log of so many chat messages."""
    player = {"user_id": 1, "username": "long-gone", "character_id": None, "character_name": None, "is_dm": False}
    said = {
        "player": player | {"role": "player", "connected_at": "2026-01-01T19:00:00.000000Z"},
        "message": "And then they opened the door, for the hundredth time, and it was a trap, for the hundredth.",
        "timestamp": "2026-01-01T20:00:00.000000Z",
    }
    data = json.dumps(said, separators=(",", ":"))
    now = timezone.now()
    LogEntry.objects.bulk_create(
        (
            LogEntry(session_id=session_id, seq=seq, event="chat_message", data=data, created_at=now)
            for seq in range(1, entries + 1)
        ),
        batch_size=2000,
    )
    Session.objects.filter(pk=session_id).update(seq=entries)
