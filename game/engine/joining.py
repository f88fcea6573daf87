"""Into a room and out of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from msgspec import Raw

from accounts.identity import Identity, still_valid
from game.engine.announcements import PlayerList, Refusal, RoomJoined, RoomLeft
from game.engine.counters import counters
from game.engine.log.storage import SessionRow
from game.engine.log.writer import Batch, Step
from game.engine.presence import leases
from game.engine.presence.roster import Change, roster_of
from game.engine.process import Engine
from game.engine.readers import read
from game.engine.seats import Seat, seat
from game.engine.snapshot import States, read_states, snapshot
from game.engine.sockets.socket import Socket
from game.engine.sockets.transports import Payload
from game.errors import Busy, NotFound
from game.protocol import encode, frame_text
from game.protocol.close_codes import Close, SocketClosed
from game.protocol.timestamps import rfc3339

MAX_TAIL = 500  # events that are sent one by one to a user who comes back; above it a snapshot is cheaper


@dataclass(frozen=True, slots=True)
class Joined:
    """How a session stood at the moment of joining; `states` only where a snapshot is taken.

    `elsewhere`: the user has a socket on another server process too.
    """

    seat: Seat
    seq: int
    epoch: str
    opened_at: str
    presence_version: int
    listed: PlayerList
    states: States | None
    connection_id: int | None
    change: Change | None
    elsewhere: bool


class LeaseLost(SocketClosed):
    """This process slept past its lease: it has to take a new one before anybody can come in."""


def _valid(batch: Batch) -> set[Identity]:
    """Who of those joining in this batch still may; one look for all of them."""
    valid = batch.cache.get(still_valid)
    if not isinstance(valid, set):
        joining = {step.claim.identity for step in batch.steps if isinstance(step, JoinStep)}
        valid = batch.cache[still_valid] = still_valid(joining)
    return valid


class JoinStep(Step):
    """Take a seat under the session's lock; a socket that is in the room already arrives there no second time."""

    moves = True
    writes = False  # whatever can refuse comes before the first write

    def __init__(self, engine: Engine, socket: Socket, since: int | None, epoch: str | None) -> None:
        self.engine = engine
        self.socket = socket
        self.claim = socket.claim
        self.since = since
        self.epoch = epoch
        self.arriving = not socket.joined
        self.session_id = socket.session_id
        self.answer: asyncio.Future[Joined] = asyncio.get_running_loop().create_future()

    def run(self, batch: Batch) -> Joined:
        """Authorise, note the arrival, and read what has to fit together."""
        row = batch.row(self.claim.session_id)
        if row is None:
            raise SocketClosed(Close.NOT_FOUND)
        if self.claim.identity not in _valid(batch):
            raise SocketClosed(Close.INVALID_TOKEN)
        if self.arriving and not self._holds_lease(batch):
            raise LeaseLost(Close.RESTARTING)
        roster = roster_of(batch, row)
        role = roster.roles.get(self.claim.identity.user_id)
        if role is None:
            raise SocketClosed(Close.NOT_FOUND)
        taken = seat(
            replace(self.claim, connected_at=self.claim.connected_at or batch.stamp),
            row.campaign_id,
            row.acl_version,
            role,
        )
        states = None if self._resumes(row) else _states(batch, row)
        connection_id, change = None, None
        if self.arriving:
            connection_id, change = roster.arrive(row, taken, self.engine.keeper.server_id, batch.now)
        return Joined(
            seat=taken,
            seq=row.seq,
            epoch=row.epoch,
            opened_at=rfc3339(roster.opened_at or batch.now),
            presence_version=row.presence_version,
            listed=roster.player_list(),
            states=states,
            connection_id=connection_id,
            change=change,
            elsewhere=roster.is_elsewhere(taken.user_id, self.engine.keeper.server_id),
        )

    def _holds_lease(self, batch: Batch) -> bool:
        if LeaseLost not in batch.cache:
            batch.cache[LeaseLost] = leases.holds_lease(self.engine.keeper.server_id, batch.now)
        return bool(batch.cache[LeaseLost])

    def _resumes(self, row: SessionRow) -> bool:
        if self.since is None or self.epoch not in (None, row.epoch):
            return False
        return self.since >= 0 and 0 <= row.seq - self.since <= MAX_TAIL

    def done(self, result: Joined, batch: Batch) -> None:
        """Committed; the others hear of it at once."""
        if result.elsewhere:
            self.socket.share_limits()
            self.engine.hub.share(self.claim.session_id, result.seat.user_id)
        if result.change is not None:
            self.engine.hub.announce(self.claim.session_id, result.change)
        if not self.answer.done():
            if result.connection_id is not None:  # noted at once: who waits may be cancelled before they hear
                self.socket.connection_id = result.connection_id
            self.answer.set_result(result)
        elif result.connection_id is not None:  # nobody waits for it any more
            self.engine.keeper.depart(self.claim.session_id, result.connection_id, at_once=False)

    def failed(self, error: Exception) -> None:
        """Refused."""
        if isinstance(error, LeaseLost):
            self.engine.keeper.beat()
        if not self.answer.done():
            self.answer.set_exception(error)


def _states(batch: Batch, row: SessionRow) -> States:
    """Every subject's state, read once a batch: those who move come after those who play."""
    states = batch.cache.get((row.id, read_states))
    if not isinstance(states, dict):
        states = batch.cache[row.id, read_states] = read_states(row)
    return states


async def join(engine: Engine, socket: Socket, since: int | None, epoch: str | None) -> None:
    """Bring the socket into its room: room_joined, player_list, what it missed, and from then on everything live."""
    hub = engine.hub
    room = await hub.doors.open(socket.session_id)
    try:
        hub.pause(socket)
        step = JoinStep(engine, socket, since, epoch)
        engine.writer.submit(step)
        joined = await _answer(socket, step)
        taken = socket.seat = joined.seat
        socket.claim = replace(socket.claim, connected_at=taken.player.connected_at)
        shown, cursor = None, since or 0
        if joined.states is not None:
            cursor = joined.seq
            shown = await read(snapshot, taken.session_id, joined.seq, taken, joined.states)
        if room.epoch not in ("", joined.epoch):
            hub.put_out(socket)  # it is about to hear of the new log; the others have to come back for it
            hub.dissolve(room, Close.RESTARTING)
        room.begin(joined.seq, joined.epoch, taken.acl_version)
        hub.take_in(room, socket, joined.listed, joined.presence_version)
        socket.write(Payload(_welcome(socket, joined, cursor, shown)))
        hub.bring_up(room, socket, cursor)
        counters.joins["resumed" if shown is None else "snapshot"] += 1
    finally:
        await hub.doors.shut(room)


def _welcome(socket: Socket, joined: Joined, cursor: int, shown: Raw | None) -> list[bytes]:
    """What a socket hears first; written at once, since a snapshot alone may be more than a slow reader may owe."""
    taken = joined.seat
    room_joined = RoomJoined(
        session_id=taken.session_id,
        campaign_id=taken.campaign_id,
        player=taken.player,
        players=joined.listed.players,
        reconnecting=joined.listed.reconnecting,
        created_at=joined.opened_at,
        seq=joined.seq,
        epoch=joined.epoch,
        resumed=shown is None,
        missed=joined.seq - cursor,
        snapshot=shown,
    )
    texts = [
        frame_text("room_joined", encode(room_joined)),
        frame_text("player_list", encode(joined.listed)),
    ]
    if socket.claim.character_id is not None and taken.player.character_id is None:
        socket.claim = replace(socket.claim, character_id=None)
        refusal = NotFound("You have no such character in this campaign; you joined without one.")
        texts.append(frame_text("error", encode(Refusal.of(refusal, None))))
    return texts


async def _answer(socket: Socket, step: JoinStep) -> Joined:
    try:
        return await step.answer
    except Busy:
        if not socket.joined:
            raise
        # It was in the room, and has heard nothing of it since: only coming back brings it up to date.
        raise SocketClosed(Close.RESTARTING) from None


def leave(engine: Engine, socket: Socket) -> None:
    """Out of the room, for everybody to see; the socket stays open."""
    engine.hub.put_out(socket, stays=True)
    if socket.connection_id is not None:
        engine.keeper.depart(socket.session_id, socket.connection_id, at_once=True)
        socket.connection_id = None
    socket.claim = replace(socket.claim, connected_at="")
    socket.send("room_left", RoomLeft(socket.session_id))
