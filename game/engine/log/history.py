"""The log, read: what happened after a moment, what was last seen, where the logs stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from msgspec import Raw

from game.engine.announcements import Snapshot
from game.engine.log import audience
from game.engine.models import LogEntry, Session
from game.engine.rooms.room import Frame
from game.protocol import frame_text
from game.roles import Role

RECENT = 50  # frames in a snapshot


@dataclass(frozen=True, slots=True)
class Head:
    """Where a session stands."""

    seq: int
    acl_version: int
    epoch: str
    presence_version: int


def heads(session_ids: Iterable[int]) -> dict[int, Head]:
    """Where these sessions stand; those that do not exist are absent."""
    rows = Session.objects.filter(pk__in=list(session_ids)).values_list(
        "id", "seq", "acl_version", "epoch", "presence_version"
    )
    return {row[0]: Head(*row[1:]) for row in rows}


def frames_after(session_id: int, seq: int, limit: int) -> list[Frame]:
    """The first `limit` stored frames after seq, whoever may see them."""
    rows = LogEntry.objects.filter(session_id=session_id, seq__gt=seq).order_by("seq")
    return [
        Frame(n, frame_text(event, data.encode(), n), audience.restored(seen_by))
        for n, event, data, seen_by in rows.values_list("seq", "event", "data", "audience")[:limit]
    ]


def frames_seen(entries: QuerySet[LogEntry], user_id: int, role: Role, limit: int) -> list[tuple[int, bytes]]:
    """The seq and the frame of the first `limit` of these entries, each as this user, in this role, may see it.

    `entries` are `visible` to the user, in any order.
    """
    rows = entries.values_list("seq", "event", "data", "audience")[:limit]
    frames = (
        (n, audience.shown(frame_text(event, data.encode(), n), audience.restored(seen_by), user_id, role))
        for n, event, data, seen_by in rows
    )
    return [(n, frame) for n, frame in frames if frame is not None]


def snapshot(session_id: int, up_to: int, user_id: int, role: Role, state: dict[str, Any]) -> Snapshot:
    """What this user may see of the session as it stood at `up_to`; `state` holds turn, combat and ended."""
    rows = audience.visible(LogEntry.objects.filter(session_id=session_id, seq__lte=up_to), user_id, role)
    recent = _seen(rows, user_id, role, RECENT)
    narrated = _seen(rows.filter(event="dm_narration"), user_id, role, 1)
    return Snapshot(events=recent, narration=narrated[0] if narrated else None, **state)


def _seen(rows: QuerySet[LogEntry], user_id: int, role: Role, newest: int) -> list[Raw]:
    frames = frames_seen(rows.order_by("-seq"), user_id, role, newest)
    return [Raw(frame) for _, frame in reversed(frames)]
