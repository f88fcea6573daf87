"""The log, read: what happened after a moment, what was last seen, where the logs stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from msgspec import Raw

from game.engine.log import audience
from game.engine.log.frame import Frame
from game.engine.models import LogEntry, Session
from game.engine.seats import Viewer

COLUMNS = ("seq", "event", "data", "audience", "cuts")  # as `Frame.stored` takes them


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
    """The first `limit` stored frames after seq, for any viewer."""
    rows = LogEntry.objects.filter(session_id=session_id, seq__gt=seq).order_by("seq")
    return [Frame.stored(*row) for row in rows.values_list(*COLUMNS)[:limit]]


def frames_seen(entries: QuerySet[LogEntry], viewer: Viewer, limit: int) -> list[tuple[int, bytes]]:
    """The seq and the frame of the first `limit` of these entries, each as the viewer may see it.

    `entries` are `visible` to the viewer, in any order.
    """
    frames = (Frame.stored(*row) for row in entries.values_list(*COLUMNS)[:limit])
    seen = ((frame.seq, frame.shown(viewer)) for frame in frames)
    return [(seq, text) for seq, text in seen if text is not None]


def recent(session_id: int, up_to: int, viewer: Viewer, number: int) -> list[Raw]:
    """The newest frames up to `up_to` that the viewer may see, oldest first."""
    rows = audience.visible(LogEntry.objects.filter(session_id=session_id, seq__lte=up_to), viewer.user_id, viewer.role)
    return [Raw(frame) for _, frame in reversed(frames_seen(rows.order_by("-seq"), viewer, number))]
