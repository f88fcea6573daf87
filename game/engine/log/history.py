"""The log, read: what happened after a moment, what was last seen, where the logs stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, F, Func, QuerySet, RowRange, Sum, Window
from django.db.models.functions import Coalesce
from msgspec import Raw

from game.engine.announcements import Snapshot
from game.engine.log import audience
from game.engine.models import LogEntry, Session
from game.engine.rooms.room import Frame
from game.protocol import frame_text
from game.roles import Role

RECENT = 50  # frames in a snapshot
FRAME = ("event", "data", "audience")  # what of an entry makes its frame, beside its seq
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
    rows = entries.values_list("seq", *FRAME)[:limit]
    frames = ((seq, _frame_seen(seq, *stored, viewer=(user_id, role))) for seq, *stored in rows)
    return [(seq, frame) for seq, frame in frames if frame is not None]


def _frame_seen(seq: int, event: str, data: str, seen_by: str | None, *, viewer: tuple[int, Role]) -> bytes | None:
    return audience.shown(frame_text(event, data.encode(), seq), audience.restored(seen_by), *viewer)


@dataclass(frozen=True, slots=True)
class Page:
    """Frames in the order asked for; `following` is the seq of the last where more come behind it."""

    frames: list[bytes]
    following: int | None


def page_seen(entries: QuerySet[LogEntry], user_id: int, role: Role, limit: int, *, newest_first: bool) -> Page:
    """The first `limit` of these entries as this user, in this role, may see them; fewer where they are long.

    `entries` are of one session and `visible` to the user.
    """
    order, beyond = ("-seq", "seq__lt") if newest_first else ("seq", "seq__gt")
    frames: list[bytes] = []
    last, size = None, 0
    for place, (seq, *stored) in enumerate(_few_at_once(entries, order, limit + 1)):
        frame = _frame_seen(seq, *stored, viewer=(user_id, role))
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
    return entries.order_by(order).values_list("seq", *FRAME)[:limit].iterator(chunk_size=PORTION)


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


def snapshot(session_id: int, up_to: int, user_id: int, role: Role, state: dict[str, Any]) -> Snapshot:
    """What this user may see of the session as it stood at `up_to`; `state` holds turn, combat and ended."""
    rows = audience.visible(LogEntry.objects.filter(session_id=session_id, seq__lte=up_to), user_id, role)
    recent = _seen(rows, user_id, role, RECENT)
    narrated = _seen(rows.filter(event="dm_narration"), user_id, role, 1)
    return Snapshot(events=recent, narration=narrated[0] if narrated else None, **state)


def _seen(rows: QuerySet[LogEntry], user_id: int, role: Role, newest: int) -> list[Raw]:
    frames = frames_seen(rows.order_by("-seq"), user_id, role, newest)
    return [Raw(frame) for _, frame in reversed(frames)]
