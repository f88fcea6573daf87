"""Into a room and out of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.identity import still_valid
from game import history, presence
from game.closing import Close, SocketClosed
from game.errors import NotFound
from game.models import Session
from game.presence import Change
from game.protocol import Player
from game.reading import read
from game.seats import Claim, Seat, take_seat
from game.vocabulary import PlayerList, RoomJoined, RoomLeft
from game.writer import Batch, Step, rfc3339

if TYPE_CHECKING:
    from game.engine import Engine
    from game.sockets import Socket

MAX_TAIL = 500  # events that are sent one by one to who comes back; past it a snapshot is less


@dataclass(frozen=True, slots=True)
class Joined:
    """How a session stood at the moment of joining."""

    seat: Seat
    seq: int
    epoch: str
    opened_at: str
    presence_version: int
    players: list[Player]
    state: dict[str, Any]
    connection_id: int | None
    change: Change | None


class JoinStep(Step):
    """Take a seat under the session's lock; `arriving` is False for a socket that is in the room already."""

    def __init__(self, engine: Engine, claim: Claim, *, arriving: bool) -> None:
        self.engine = engine
        self.claim = claim
        self.arriving = arriving
        self.session_id = claim.session_id
        self.answer: asyncio.Future[Joined] = asyncio.get_running_loop().create_future()

    def run(self, batch: Batch) -> Joined:
        """Authorise, note the arrival, and read what has to fit together."""
        row = batch.row(self.claim.session_id)
        if row is None:
            raise SocketClosed(Close.NOT_FOUND)
        if not still_valid([self.claim.identity]):
            raise SocketClosed(Close.INVALID_TOKEN)
        claim = Claim(self.claim.identity, row.id, self.claim.character_id, self.claim.connected_at or batch.stamp)
        seat = take_seat(claim, row.campaign_id, row.acl_version)
        connection_id, change = None, None
        if self.arriving:
            came, players, change = presence.arrive(
                row, seat.user_id, seat.player.character_id, self.engine.server_id, batch.now
            )
            connection_id = came.pk
        else:
            players = presence.players_in(row.id)
        session = Session.objects.only("opened_at", "turn", "combat", "ended_at").get(pk=row.id)
        return Joined(
            seat=seat,
            seq=row.seq,
            epoch=row.epoch,
            opened_at=rfc3339(session.opened_at or batch.now),
            presence_version=row.presence_version,
            players=players,
            state={"turn": session.turn, "combat": session.combat, "ended": row.ended},
            connection_id=connection_id,
            change=change,
        )

    def done(self, result: Joined, batch: Batch) -> None:
        """Committed; the others hear of it at once."""
        if result.change is not None:
            self.engine.hub.announce(self.claim.session_id, result.change)
        if not self.answer.done():
            self.answer.set_result(result)
        elif result.connection_id is not None:  # whoever waited for it has gone
            self.engine.depart(self.claim.session_id, result.connection_id, at_once=False)

    def failed(self, error: Exception) -> None:
        """Refused."""
        if not self.answer.done():
            self.answer.set_exception(error)


async def join(socket: Socket, since: int | None, epoch: str | None) -> None:
    """Bring the socket into its room: room_joined, player_list, what it missed, and from then on everything live."""
    engine, hub = socket.engine, socket.engine.hub
    room = await hub.open(socket.session_id)
    try:
        hub.pause(socket)
        step = JoinStep(engine, socket.claim, arriving=socket.room is None)
        engine.writer.submit(step)
        joined = await step.answer
        if joined.connection_id is not None:
            socket.connection_id = joined.connection_id
        resumed = since is not None and _resumable(joined, since, epoch)
        seat = socket.seat = joined.seat
        socket.connected_at = seat.player.connected_at
        snapshot = None
        if not resumed:
            snapshot = await read(history.snapshot, seat.session_id, joined.seq, seat.user_id, seat.role, joined.state)
        room.begin(joined.seq, joined.epoch, seat.acl_version)
        hub.take_in(room, socket, joined.players, joined.presence_version)
        cursor = since if resumed and since is not None else joined.seq
        socket.send(
            "room_joined",
            RoomJoined(
                session_id=seat.session_id,
                campaign_id=seat.campaign_id,
                player=seat.player,
                players=joined.players,
                created_at=joined.opened_at,
                seq=joined.seq,
                epoch=joined.epoch,
                resumed=resumed,
                missed=joined.seq - cursor,
                snapshot=snapshot,
            ),
        )
        socket.send("player_list", PlayerList(joined.players))
        if socket.character_id is not None and seat.player.character_id is None:
            socket.character_id = None
            socket.refuse(NotFound("You have no such character in this campaign; you joined without one."))
        hub.spawn(hub.bring_up(room, socket, cursor))
    finally:
        await hub.shut(room)


def _resumable(joined: Joined, since: int, epoch: str | None) -> bool:
    return 0 <= joined.seq - since <= MAX_TAIL and since >= 0 and epoch in (None, joined.epoch)


class LeaveStep(Step):
    """A socket is gone: at once for everybody, or only when it does not come back within the grace."""

    def __init__(self, engine: Engine, session_id: int, connection_id: int, *, at_once: bool) -> None:
        self.engine = engine
        self.session_id: int = session_id
        self.connection_id = connection_id
        self.at_once = at_once

    def run(self, batch: Batch) -> tuple[list[Change], bool]:
        """The changes that others hear of, and whether the grace has begun."""
        row = batch.row(self.session_id)
        if row is None:
            return [], False
        if self.at_once:
            return presence.leave(row, self.connection_id), False
        return [], presence.lose(row, self.connection_id, batch.now)

    def done(self, result: tuple[list[Change], bool], batch: Batch) -> None:
        """Committed."""
        changes, in_grace = result
        for change in changes:
            self.engine.hub.announce(self.session_id, change)
        if in_grace:
            self.engine.expire_later(self.session_id)


class ExpireStep(Step):
    """Those whose grace or whose server's lease is over leave."""

    def __init__(self, engine: Engine, session_id: int) -> None:
        self.engine = engine
        self.session_id: int = session_id

    def run(self, batch: Batch) -> list[Change]:
        """Who left."""
        row = batch.row(self.session_id)
        return presence.expire(row, batch.now) if row else []

    def done(self, result: list[Change], batch: Batch) -> None:
        """Committed."""
        for change in result:
            self.engine.hub.announce(self.session_id, change)


def leave(socket: Socket) -> None:
    """Out of the room, for everybody to see; the socket stays open."""
    socket.engine.hub.put_out(socket)
    if socket.connection_id is not None:
        socket.engine.depart(socket.session_id, socket.connection_id, at_once=True)
        socket.connection_id = None
    socket.connected_at = ""
    socket.send("room_left", RoomLeft(socket.session_id))
