"""Who is in the room: a row per socket, a lease per server process.

Everything here runs under the session's lock. `presence_version` rises with every change that others can see,
so that a client with a list of the players knows which announcements it already covers.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from game.campaign.models import Membership
from game.engine.announcements import PlayerList, Presence
from game.engine.log.storage import SessionRow
from game.engine.log.writer import Batch
from game.engine.models import Connection, Session
from game.engine.presence import leases, rows
from game.engine.seats import Seat, look_of, player
from game.protocol import Player
from game.roles import Role


@dataclass(frozen=True, slots=True)
class Change:
    """What the others hear: `event` is player_joined, player_left, player_state with its `state`, or None when only a
    look changed.
    """

    version: int
    event: str | None
    player: Player
    state: Presence | None = None


@dataclass(slots=True)
class Sitting:
    """A socket in the room."""

    id: int
    user_id: int
    username: str
    display_name: str
    character_id: int | None
    character_name: str | None
    colour: int | None
    connected_at: datetime
    lost_at: datetime | None
    server_id: uuid.UUID
    lease_until: datetime


class Roster:
    """Those in one room, as they stand under the lock; what it changes it writes."""

    def __init__(
        self, session_id: int, opened_at: datetime | None, sittings: list[Sitting], roles: dict[int, Role]
    ) -> None:
        self.session_id = session_id
        self.opened_at = opened_at
        self.roles = roles  # of all members, here or not
        self._sittings = sittings
        self._made: dict[tuple[int, datetime], Player] = {}  # by the newest socket and the time of the first

    @classmethod
    def load(cls, session_id: int, campaign_id: int) -> Roster:
        """From the database, the longest there first."""
        opened_at = Session.objects.values_list("opened_at", flat=True).get(pk=session_id)
        rows = Connection.objects.filter(session_id=session_id).order_by("id")
        person = ("user_id", "user__username", "user__display_name")
        look = ("character_id", "character__name", "character__colour")
        times = ("connected_at", "lost_at", "server_id", "server__expires_at")
        found = rows.values_list("id", *person, *look, *times)
        sittings = [_seated(*row) for row in found]
        members = Membership.objects.filter(campaign_id=campaign_id, banned=False)
        roles = {user_id: Role(role) for user_id, role in members.values_list("user_id", "role")}
        return cls(session_id, opened_at, sittings, roles)

    def player_list(self) -> PlayerList:
        """Who is here, as a socket is told it."""
        players = self.players()
        online = {sitting.user_id for sitting in self._sittings if sitting.lost_at is None}
        return PlayerList(players, [player.user_id for player in players if player.user_id not in online])

    def players(self) -> list[Player]:
        """Each user once, in the order of coming, with the character of the socket joined last."""
        first: dict[int, Sitting] = {}
        last: dict[int, Sitting] = {}
        for sitting in self._sittings:
            first.setdefault(sitting.user_id, sitting)
            last[sitting.user_id] = sitting
        return [
            self._player(last[user_id], since.connected_at) for user_id, since in first.items() if user_id in self.roles
        ]

    def _player(self, sitting: Sitting, connected_at: datetime) -> Player:
        made = self._made.get((sitting.id, connected_at))
        if made is None:
            # Somebody who is no member any more leaves as a spectator would.
            role = self.roles.get(sitting.user_id, Role.SPECTATOR)
            person = (sitting.user_id, sitting.username, sitting.display_name)
            look = (sitting.character_id, sitting.character_name, sitting.colour)
            made = self._made[sitting.id, connected_at] = player(person, look, role, connected_at)
        return made

    def _find(self, user_id: int) -> Player | None:
        mine = [sitting for sitting in self._sittings if sitting.user_id == user_id]
        return self._player(mine[-1], mine[0].connected_at) if mine and user_id in self.roles else None

    def arrive(self, row: SessionRow, seat: Seat, server_id: uuid.UUID, now: datetime) -> tuple[int, Change | None]:
        """Note a socket: the id of its connection, and what the others hear of it, if anything."""
        before = self._find(seat.user_id)
        was_cut = before is not None and not self._is_online(seat.user_id)
        came = rows.insert(row.id, seat.user_id, seat.player.character_id, server_id, now)
        self._forget(s.id for s in self._sittings if s.user_id == seat.user_id and s.lost_at is not None)
        self._sittings.append(_sitting(came, seat.player, server_id, now))
        if self.opened_at is None:
            self._open(now)
        after = self._find(seat.user_id)
        assert after is not None, "only members take a seat"
        if before is None:
            return came, _changed(row, "player_joined", after)
        if before.character_id != after.character_id:
            return came, _changed(row, None, after)
        if was_cut:
            return came, _changed(row, "player_state", after, "here")
        return came, None

    def _is_online(self, user_id: int) -> bool:
        return any(sitting.user_id == user_id and sitting.lost_at is None for sitting in self._sittings)

    def is_elsewhere(self, user_id: int, server_id: uuid.UUID) -> bool:
        """Whether the user has a socket on another server process."""
        return any(s.user_id == user_id and s.server_id != server_id for s in self._sittings)

    def delete(self, row: SessionRow, user_id: int) -> list[Change]:
        """An account is about to be deleted."""
        return self._remove(row, [s.id for s in self._sittings if s.user_id == user_id])

    def leave(self, row: SessionRow, connection_id: int) -> list[Change]:
        """A socket left for good; the others hear of it unless its user has another in the room."""
        return self._remove(row, [connection_id])

    def lose(self, row: SessionRow, connection_id: int, now: datetime) -> tuple[list[Change], bool]:
        """A socket was cut: what the others hear, and whether its user stays present only by the grace, so that
        `expire` must follow.
        """
        mine = next((s for s in self._sittings if s.id == connection_id and s.lost_at is None), None)
        if mine is None:
            return [], False
        if any(s.user_id == mine.user_id and s is not mine for s in self._sittings):
            self._forget([mine.id])
            return [], False
        mine.lost_at = now
        rows.mark_lost(mine.id, now)
        if mine.user_id not in self.roles:
            return [], True
        return [_changed(row, "player_state", self._player(mine, mine.connected_at), "reconnecting")], True

    def expire(self, row: SessionRow, now: datetime) -> list[Change]:
        """The grace of some is over, or the lease of their server process."""
        lost = [s.id for s in self._sittings if s.lost_at is not None and s.lost_at <= now - leases.GRACE]
        dead = [s.id for s in self._sittings if s.lease_until <= now]
        return self._remove(row, {*lost, *dead})

    def _remove(self, row: SessionRow, connection_ids: Iterable[int]) -> list[Change]:
        gone = set(connection_ids)
        # What the room knew them as, taken before they are gone.
        leavers = {s.user_id: s for s in self._sittings if s.id in gone}
        known = {player.user_id: player for player in self.players()}
        self._forget(gone)
        remaining = {s.user_id for s in self._sittings}
        if leavers and not remaining:
            self._open(None)
        changes = [
            _changed(row, "player_left", known.get(user_id) or self._player(leaver, leaver.connected_at))
            for user_id, leaver in leavers.items()
            if user_id not in remaining
        ]
        # Whose newest socket is gone is seen with the character of the one before.
        looks = [p for p in self.players() if p.user_id in leavers and p.character_id != known[p.user_id].character_id]
        return changes + [_changed(row, None, player) for player in looks]

    def _forget(self, connection_ids: Iterable[int]) -> None:
        gone = set(connection_ids)
        if gone:
            rows.delete(gone)
            self._sittings = [s for s in self._sittings if s.id not in gone]

    def _open(self, opened_at: datetime | None) -> None:
        self.opened_at = opened_at
        Session.objects.filter(pk=self.session_id).update(opened_at=opened_at)


def _seated(
    connection_id: int,
    user_id: int,
    username: str,
    display_name: str,
    character_id: int | None,
    character_name: str | None,
    colour: str | None,
    *times: Any,
) -> Sitting:
    look = look_of(character_id, character_name, colour)
    return Sitting(connection_id, user_id, username, display_name, *look, *times)


def _sitting(connection_id: int, who: Player, server_id: uuid.UUID, now: datetime) -> Sitting:
    return Sitting(
        id=connection_id,
        user_id=who.user_id,
        username=who.username,
        display_name=who.display_name,
        character_id=who.character_id,
        character_name=who.character_name,
        colour=who.colour,
        connected_at=now,
        lost_at=None,
        server_id=server_id,
        lease_until=now + leases.LEASE,
    )


def _changed(row: SessionRow, event: str | None, who: Player, state: Presence | None = None) -> Change:
    row.presence_version += 1
    row.dirty = True
    return Change(row.presence_version, event, who, state)


def list_in(session_id: int) -> PlayerList:
    """Who is in the room, for who only looks."""
    campaign_id = Session.objects.filter(pk=session_id).values_list("campaign_id", flat=True).first()
    return PlayerList([], []) if campaign_id is None else Roster.load(session_id, campaign_id).player_list()


def players_in(session_id: int) -> list[Player]:
    """Each user in the room once, for pages that only show them."""
    return list_in(session_id).players


def roll_call(session_id: int) -> tuple[int, PlayerList]:
    """The version of who is in the room, and who it is at least as of then."""
    # The version first: a change in between makes the list newer than its version, never older.
    version = Session.objects.filter(pk=session_id).values_list("presence_version", flat=True).first()
    return version or 0, list_in(session_id)


def roster_of(batch: Batch, row: SessionRow) -> Roster:
    """Those in the room, read once a batch: under the lock nobody else changes them."""
    roster = batch.cache.get(row.id)
    if not isinstance(roster, Roster):
        roster = batch.cache[row.id] = Roster.load(row.id, row.campaign_id)
    return roster
