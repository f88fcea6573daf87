"""The log, read: what happened after a moment, what was last seen, where the logs stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, F, Func, QuerySet, RowRange, Sum, Window
from django.db.models.functions import Coalesce
from msgspec import Raw

from game.engine.log import audience
from game.engine.log.frame import Frame
from game.engine.models import LogEntry, Session
from game.engine.seats import Viewer

COLUMNS = ("seq", "event", "data", "audience", "cuts")  # as `Frame.stored` takes them
PORTION = 20  # entries read at once where all of a log is gone through
MAX_PAGE_BYTES = 1024 * 1024  # of a page's frames, unless the first alone is longer


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


@dataclass(frozen=True, slots=True)
class Page:
    """Frames in the order asked for; `following` is the seq of the last where more come behind it."""

    frames: list[bytes]
    following: int | None


def page_seen(entries: QuerySet[LogEntry], viewer: Viewer, limit: int, *, newest_first: bool) -> Page:
    """The first `limit` of these entries as the viewer may see them; fewer where they are long.

    `entries` are of one session and `visible` to the viewer.
    """
    order, beyond = ("-seq", "seq__lt") if newest_first else ("seq", "seq__gt")
    frames: list[bytes] = []
    last, size = None, 0
    for place, row in enumerate(_few_at_once(entries, order, limit + 1)):
        stored = Frame.stored(*row)
        seq, frame = stored.seq, stored.shown(viewer)
        size += len(frame or b"")
        if place == limit or (frames and size > MAX_PAGE_BYTES):
            return Page(frames, last)
        frames += [] if frame is None else [frame]
        last = seq
    more = last is not None and entries.filter(**{beyond: last}).exists()
    return Page(frames, last if more else None)


def _few_at_once(entries: QuerySet[LogEntry], order: str, limit: int) -> Iterator[tuple[Any, ...]]:
    """The first `limit` of these entries, at least as many as a page holds, and never all of them in memory."""
    if connection.vendor == "postgresql":
        # The driver reads an answer whole: the database has to add up how long it is, and unpacks nothing for that.
        first = LogEntry.objects.filter(pk__in=entries.order_by(order).values("pk")[:limit])
        before = Window(Sum(_bytes_of("data")), order_by=order, frame=RowRange(end=-1))
        short = first.annotate(before=Coalesce(before, 0)).filter(before__lte=MAX_PAGE_BYTES)
        entries = LogEntry.objects.filter(pk__in=short.values("pk"))
    return entries.order_by(order).values_list(*COLUMNS)[:limit].iterator(chunk_size=PORTION)


def _bytes_of(field: str) -> Func:
    return Func(F(field), function="OCTET_LENGTH", output_field=BigIntegerField())


def portions(entries: QuerySet[LogEntry], *fields: str, newest_first: bool = False) -> Iterator[list[tuple[Any, ...]]]:
    """All of these entries, PORTION at a time, each as its seq and these fields. They are of one session."""
    order, beyond = ("-seq", "seq__lt") if newest_first else ("seq", "seq__gt")
    rows = entries.order_by(order).values_list("seq", *fields)
    portion = list(rows[:PORTION])
    while portion:
        yield portion
        last = portion[-1][0]
        portion = list(rows.filter(**{beyond: last})[:PORTION]) if len(portion) == PORTION else []


def recent(session_id: int, up_to: int, viewer: Viewer, number: int) -> list[Raw]:
    """The newest frames up to `up_to` that the viewer may see, oldest first."""
    rows = audience.visible(LogEntry.objects.filter(session_id=session_id, seq__lte=up_to), viewer.user_id, viewer.role)
    return [Raw(frame) for _, frame in reversed(frames_seen(rows.order_by("-seq"), viewer, number))]
