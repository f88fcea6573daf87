"""The leases of server processes: each says that it is alive, and the connections hang on it."""

from __future__ import annotations

import uuid
from collections.abc import Container, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from game.engine.models import Connection, ServerLease, Session

LEASE = timedelta(seconds=settings.LEASE)  # how long one sign of life of a server process counts
BEAT = settings.LEASE / 3  # seconds between two of them
GRACE = timedelta(seconds=10)  # how long a cut connection still counts as present
STRAY = timedelta(minutes=1)  # longer than anybody takes from the row to the room


def beat(server_id: uuid.UUID, now: datetime) -> bool:
    """A sign of life; False when the lease had expired before, so that others may have taken its people away."""
    return bool(ServerLease.objects.filter(pk=server_id, expires_at__gt=now).update(expires_at=now + LEASE))


def holds_lease(server_id: uuid.UUID, now: datetime) -> bool:
    """Whether the lease counts, so that a connection may hang on it; it stays so for the transaction."""
    lease = ServerLease.objects.select_for_update(no_key=True).filter(pk=server_id, expires_at__gt=now)
    return bool(lease.values_list("pk"))


def register(server_id: uuid.UUID, now: datetime) -> None:
    """Take out a lease."""
    ServerLease.objects.create(pk=server_id, expires_at=now + LEASE)


def adopt(server_id: uuid.UUID, dead: Iterable[uuid.UUID], now: datetime) -> None:
    """Take over what dead processes left: cut at this moment, for the grace."""
    gone = list(dead)
    left = Connection.objects.filter(server_id__in=gone)
    rooms = list(left.values_list("session_id", flat=True).distinct())
    left.update(server_id=server_id, lost_at=now)
    # Users in these rooms on another process hear that they are reconnecting: its sweep finds the version moved.
    Session.objects.filter(pk__in=rooms).update(presence_version=F("presence_version") + 1)
    ServerLease.objects.filter(pk__in=gone).delete()


def strays(server_id: uuid.UUID, here: Container[int | None], now: datetime) -> list[tuple[int, int]]:
    """The sockets, by session and connection, that this process does not have any more: the word of their leaving was
    lost with the database.
    """
    rows = Connection.objects.filter(server_id=server_id, lost_at=None, connected_at__lte=now - STRAY)
    return [(session_id, pk) for session_id, pk in rows.values_list("session_id", "pk") if pk not in here]


def stale_sessions(now: datetime) -> list[int]:
    """Sessions in which somebody is to be expired."""
    gone = Connection.objects.filter(lost_at__lte=now - GRACE).values_list("session_id", flat=True)
    dead = Connection.objects.filter(server__expires_at__lte=now).values_list("session_id", flat=True)
    return sorted({*gone, *dead})


def forget_dead(now: datetime) -> None:
    """Drop expired leases that hold no connections any more."""
    ServerLease.objects.filter(expires_at__lte=now, connections__isnull=True).delete()


def sessions_in_grace() -> list[int]:
    """Sessions with somebody whose grace may run out."""
    return list(Connection.objects.filter(lost_at__isnull=False).values_list("session_id", flat=True).distinct())
