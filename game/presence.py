"""Who is in the room: a row per socket, a lease per server process.

Everything here runs under the session's lock. `presence_version` rises with every change that others can see,
so that whoever got a list of the players knows which announcements it covers already.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from game.models import Connection, ServerLease, Session
from game.models.campaign import Membership
from game.protocol import Player
from game.roles import Role
from game.seats import player
from game.storage import SessionRow

BEAT = 10.0  # seconds between two signs of life of a server process
LEASE = timedelta(seconds=30)  # how long one sign of life counts
GRACE = timedelta(seconds=10)  # how long a cut connection still counts as present


@dataclass(frozen=True, slots=True)
class Change:
    """What the others hear: `event` is player_joined, player_left, or None when only a look changed."""

    version: int
    event: str | None
    player: Player


def players_in(session_id: int) -> list[Player]:
    """Each user in the room once, in the order of coming, with the character of the socket joined last."""
    rows = list(
        Connection.objects.filter(session_id=session_id).select_related("user", "character", "session").order_by("id")
    )
    if not rows:
        return []
    roles = dict(
        Membership.objects.filter(
            campaign_id=rows[0].session.campaign_id, banned=False, user_id__in={row.user_id for row in rows}
        ).values_list("user_id", "role")
    )
    return [
        player(last.user_id, last.user.username, last.character, Role(roles[user_id]), first.connected_at)
        for user_id, (first, last) in _spans(rows).items()
        if user_id in roles
    ]


def _spans(rows: Iterable[Connection]) -> dict[int, tuple[Connection, Connection]]:
    spans: dict[int, tuple[Connection, Connection]] = {}
    for row in rows:
        spans[row.user_id] = (spans[row.user_id][0] if row.user_id in spans else row, row)
    return spans


def arrive(
    row: SessionRow, user_id: int, character_id: int | None, server_id: uuid.UUID, now: datetime
) -> tuple[Connection, list[Player], Change | None]:
    """Note a socket in the room: its row, the players with it, and what the others hear of it, if anything."""
    before = next((p for p in players_in(row.id) if p.user_id == user_id), None)
    came = Connection.objects.create(
        session_id=row.id, user_id=user_id, character_id=character_id, server_id=server_id, connected_at=now
    )
    Connection.objects.filter(session_id=row.id, user_id=user_id, lost_at__isnull=False).delete()
    Session.objects.filter(pk=row.id, opened_at__isnull=True).update(opened_at=now)
    players = players_in(row.id)
    after = next(p for p in players if p.user_id == user_id)
    if before is None:
        return came, players, _changed(row, "player_joined", after)
    if before.character_id != after.character_id:
        return came, players, _changed(row, None, after)
    return came, players, None


def _changed(row: SessionRow, event: str | None, who: Player) -> Change:
    row.presence_version += 1
    row.dirty = True
    return Change(row.presence_version, event, who)


def leave(row: SessionRow, connection_id: int) -> list[Change]:
    """A socket left for good; the others hear of it unless its user has another in the room."""
    return _remove(row, [connection_id])


def lose(row: SessionRow, connection_id: int, now: datetime) -> bool:
    """A socket was cut; True when its user stays present only by the grace, so that `expire` must follow."""
    mine = Connection.objects.filter(pk=connection_id).first()
    if mine is None:
        return False
    if Connection.objects.filter(session_id=row.id, user_id=mine.user_id).exclude(pk=mine.pk).exists():
        mine.delete()
        return False
    mine.lost_at = now
    mine.save(update_fields=["lost_at"])
    return True


def expire(row: SessionRow, now: datetime) -> list[Change]:
    """The grace of some is over, or the lease of their server process."""
    gone = Connection.objects.filter(session_id=row.id, lost_at__lte=now - GRACE)
    dead = Connection.objects.filter(session_id=row.id, server__expires_at__lte=now)
    return _remove(row, {*gone.values_list("id", flat=True), *dead.values_list("id", flat=True)})


def _remove(row: SessionRow, connection_ids: Iterable[int]) -> list[Change]:
    # What the room knew them as, taken before the rows are gone.
    rows = Connection.objects.filter(pk__in=list(connection_ids), session_id=row.id)
    leavers = {r.user_id: r for r in rows.select_related("user", "character")}
    if not leavers:
        return []
    known = {p.user_id: p for p in players_in(row.id)}
    rows.delete()
    remaining = set(Connection.objects.filter(session_id=row.id).values_list("user_id", flat=True))
    if not remaining:
        Session.objects.filter(pk=row.id).update(opened_at=None)
    return [
        _changed(row, "player_left", known.get(user_id) or _former(leaver))
        for user_id, leaver in leavers.items()
        if user_id not in remaining
    ]


def _former(leaver: Connection) -> Player:
    """Somebody who is no member any more leaves as a spectator would."""
    return player(leaver.user_id, leaver.user.username, leaver.character, Role.SPECTATOR, leaver.connected_at)


# Server processes ----------------------------------------------------------------------------------


def beat(server_id: uuid.UUID, now: datetime) -> bool:
    """A sign of life; False when the lease had expired and was taken away, connections and all."""
    return bool(ServerLease.objects.filter(pk=server_id, expires_at__gt=now).update(expires_at=now + LEASE))


def register(server_id: uuid.UUID, now: datetime) -> None:
    """Take out a lease."""
    ServerLease.objects.create(pk=server_id, expires_at=now + LEASE)


def adopt(server_id: uuid.UUID, now: datetime) -> None:
    """Take over what earlier processes left, where there can be no other: cut at this moment, for the grace."""
    Connection.objects.exclude(server_id=server_id).update(server_id=server_id, lost_at=now)
    ServerLease.objects.exclude(pk=server_id).delete()


def stale_sessions(now: datetime) -> list[int]:
    """Sessions in which somebody is to be expired."""
    gone = Connection.objects.filter(lost_at__lte=now - GRACE).values_list("session_id", flat=True)
    dead = Connection.objects.filter(server__expires_at__lte=now).values_list("session_id", flat=True)
    return sorted({*gone, *dead})


def forget_dead(now: datetime) -> None:
    """Drop expired leases that hold no connections any more."""
    ServerLease.objects.filter(expires_at__lte=now, connections__isnull=True).delete()
