"""A table inside this process: a real engine and a real database, and sockets that write on paper."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterable
from typing import Any, Protocol, cast

from django.db import transaction

from accounts.identity import Identity
from accounts.models import User
from game.campaign.models import Campaign, Character, Membership
from game.engine import joining
from game.engine.commands import CommandStep, Outcome
from game.engine.hearing import Hearing
from game.engine.log.audience import stored
from game.engine.log.frame import Packed
from game.engine.log.storage import storage
from game.engine.log.writer import Batch
from game.engine.models import LogEntry, Session
from game.engine.presence.roster import players_in
from game.engine.process import Engine
from game.engine.readers import read
from game.engine.rooms.room import Room
from game.engine.sockets.connection_log import ConnectionLog
from game.engine.sockets.socket import Socket
from game.engine.sockets.throttle import Bucket
from game.engine.sockets.transports import Payload
from game.protocol import Audience, Player, decode, frame_text
from game.protocol.close_codes import Close
from game.roles import Role
from tests.support.waiting import PATIENCE

Frame = dict[str, Any]
TURN = 0.001  # seconds
ROLES = {"dm": Role.DM, "alice": Role.PLAYER, "bob": Role.PLAYER, "carol": Role.SPECTATOR}


async def until(true: Callable[[], bool], what: str | Callable[[], str]) -> None:
    """Return once it is true: a look after every turn of the loop, since most of this is announced nowhere."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"not {what if isinstance(what, str) else what()}")
        await asyncio.sleep(TURN)


class Paper:
    """A transport that keeps what is written. `full`: its reader is too slow. `behind`: bytes that wait for it."""

    straight = None
    turned: Callable[[], None]

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.full = False
        self.behind = 0
        self.stopped = False
        self.aborted = False
        self.ready = asyncio.Event()
        self.ready.set()

    def write(self, texts: Payload) -> bool:
        """See Transport."""
        if self.full:
            return False
        if not self.stopped:
            self.frames += map(json.loads, texts.texts)
        return True

    def waiting(self) -> int:
        """See Transport."""
        return self.behind

    async def calm(self) -> None:
        """See Transport."""
        await self.ready.wait()

    async def flush(self) -> None:
        """See Transport."""

    def stop(self) -> None:
        """See Transport."""
        self.stopped = True

    def abort(self) -> None:
        """See Transport."""
        self.aborted = True


class Logged(Protocol):
    """A command that stands in the log."""

    @property
    def seq(self) -> int:
        """Its place."""

    @property
    def duplicate(self) -> bool:
        """Whether it stood there before."""


class Guest:
    """One socket at the table."""

    def __init__(self, engine: Engine, session_id: int, user: User, character_id: int | None = None) -> None:
        self.engine = engine
        self.paper = Paper()
        self.closed: Close | None = None
        identity = Identity(user.pk, user.username, user.display_name, user.token_version, None, None)
        self.socket = Socket(engine, session_id, identity, character_id, self.paper, self._close)

    async def _close(self, close: Close) -> None:
        self.closed = close

    async def join(self, since: int | None = None, epoch: str | None = None) -> Frame:
        """Enter the room; the data of `room_joined`."""
        before = len(self.frames)
        await joining.join(self.engine, self.socket, since, epoch)
        await self.until(lambda: self.is_live or self.closed is not None, "brought up")
        return dict(next(f for f in self.frames[before:] if f["event"] == "room_joined")["data"])

    def depart(self) -> None:
        """The connection is gone, without a goodbye."""
        engine, socket = self.engine, self.socket
        socket.release()
        engine.hub.put_out(socket)
        if socket.connection_id is not None:
            engine.keeper.depart(socket.session_id, socket.connection_id, at_once=True)

    # Hearing ---------------------------------------------------------------------------------

    @property
    def room(self) -> Room:
        """The room in its process."""
        return self.engine.hub.rooms[self.socket.session_id]

    @property
    def frames(self) -> list[Frame]:
        """All that it was told."""
        return self.paper.frames

    @property
    def is_live(self) -> bool:
        """Whether it hears what happens from now on."""
        return self.socket.joined and self.socket in self.room.live

    def heard(self, event: str) -> list[Frame]:
        """The data of all frames of this event."""
        return [frame["data"] for frame in self.frames if frame["event"] == event]

    @property
    def seqs(self) -> list[int]:
        """The numbers of the stored frames, in the order heard."""
        return [frame["seq"] for frame in self.frames if "seq" in frame]

    async def until(self, true: Callable[[], bool], what: str) -> None:
        """Return once it is true."""
        await until(true, lambda: f"{what}; heard: {self.frames}")

    async def hears(self, seq: int) -> None:
        """Return once it has heard this number."""
        await self.until(lambda: seq in self.seqs, f"heard {seq}")

    async def is_closed(self) -> Close:
        """The reason for which it was closed."""
        await self.until(lambda: self.closed is not None, "closed")
        assert self.closed is not None
        return self.closed

    # Speaking --------------------------------------------------------------------------------

    def says(self, event: str, id: str | None = None, **data: Any) -> asyncio.Future[Outcome | Exception]:
        """Send a command that is stored; what the writer answers."""
        request = decode(json.dumps({"event": event, "data": data} | ({} if id is None else {"id": id})))
        answer: asyncio.Future[Outcome | Exception] = asyncio.get_running_loop().create_future()
        step = CommandStep(request, self.socket.seat, self.socket.claim, answer.set_result)
        self.engine.writer.submit(step)
        return answer

    async def said(self, event: str, id: str | None = None, **data: Any) -> Logged:
        """The same, and it must be carried out."""
        answer = await self.says(event, id, **data)
        assert isinstance(answer, Outcome), answer
        assert answer.seq is not None
        return cast(Logged, answer)

    async def passes(self, event: str, id: str | None = "passed", **data: Any) -> None:
        """Send a frame as its socket's reader does; `ack` or `error` comes among the frames."""
        text = json.dumps({"event": event, "data": data} | ({} if id is None else {"id": id}))
        bucket = Bucket.full(0, 1, 0)
        await Hearing(self.engine, self.socket, bucket, bucket, ConnectionLog({})).receive(text)


class Table:
    """A session of dm, alice, bob (players) and carol (spectator)."""

    def __init__(self, engine: Engine, session: Session, users: dict[str, User]) -> None:
        self.engine = engine
        self.session = session
        self.users = users
        self.guests: list[Guest] = []

    def guest(self, name: str, character_id: int | None = None, engine: Engine | None = None) -> Guest:
        """A socket that has not joined."""
        guest = Guest(engine or self.engine, self.session.pk, self.users[name], character_id)
        self.guests.append(guest)
        return guest

    async def sit(self, name: str, engine: Engine | None = None) -> Guest:
        """A socket in the room."""
        guest = self.guest(name, engine=engine)
        await guest.join()
        return guest

    async def write_unheard(self, *messages: str, audience: Audience | None = None) -> list[Packed]:
        """Log entries that nobody announces, as after a crash between commit and publishing."""
        return await read(_write, self.session.pk, messages, None if audience is None else stored([audience]))

    def publish(self, *frames: Packed) -> None:
        """Announce them, as the writer does after its commit."""
        self.engine.hub.publish(self.session.pk, list(frames))

    async def log(self) -> list[LogEntry]:
        """What is in the session's log."""
        return await read(lambda: list(LogEntry.objects.filter(session=self.session).order_by("seq")))

    async def players(self) -> list[Player]:
        """Who is in the room, as the database has it."""
        return await read(players_in, self.session.pk)


def _write(session_id: int, messages: Iterable[str], audience: str | None) -> list[Packed]:
    with transaction.atomic():
        batch = Batch(storage(), [])
        batch.open([session_id])
        row = batch.row(session_id)
        assert row is not None
        for message in messages:
            batch.append(row, "chat_message", json.dumps({"message": message}).encode(), audience, None, None)
        batch.flush()
    return [(e.seq, frame_text(e.event, e.data, e.seq), e.audience) for e in batch.entries]


def lay() -> tuple[Session, dict[str, User]]:
    """A new campaign with a session and its members."""
    campaign = Campaign.objects.create(name="The Lantern Road")
    session = Session.objects.create(campaign=campaign, title="The first lamp")
    users = {name: User.objects.create_user(name) for name in ROLES}
    for name, user in users.items():
        Membership.objects.create(campaign=campaign, user=user, role=ROLES[name])
    return session, users


def give_character(session: Session, user: User, name: str) -> Character:
    """A character of this user's."""
    return Character.objects.create(campaign=session.campaign, owner=user, name=name)
