"""Keeps this process' lease, and notes who leaves its rooms."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Coroutine, Iterable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.db import connection, transaction

from game.engine.log.storage import storage
from game.engine.log.writer import Batch, Step, Writer
from game.engine.models import ServerLease
from game.engine.presence import leases
from game.engine.presence.process_lock import ProcessLock, dead
from game.engine.presence.roster import Change, roster_of
from game.engine.readers import read
from game.engine.sockets.socket import Socket
from game.protocol.close_codes import Close

log = logging.getLogger("rollscape.engine")

LATE = 0.05  # seconds after the grace, so that it is over by the database's clock too


class Rooms(Protocol):
    """What presence needs of the rooms."""

    def sockets(self) -> list[Socket]:
        """All who are in a room here."""

    def announce(self, session_id: int, change: Change) -> None:
        """Tell the room on every server process who came, left or changed."""

    def spawn(self, work: Coroutine[Any, Any, None]) -> object:
        """Run it beside."""


class Beat(NamedTuple):
    """What a sign of life found: whether the lease still held, the sockets that this process does not have any more
    (session and connection), and the sessions in which somebody is to be expired.
    """

    held: bool
    strays: list[tuple[int, int]]
    stale: list[int]


class BeatStep(Step):
    """The process' sign of life; finds on its way the sessions in which somebody is to be expired."""

    def __init__(self, keeper: Keeper, here: Iterable[int | None]) -> None:
        self.keeper = keeper
        self.here = set(here)

    def run(self, batch: Batch) -> Beat:
        """Give it, and look."""
        held = leases.beat(self.keeper.server_id, batch.now)
        strays = leases.strays(self.keeper.server_id, self.here, batch.now)
        leases.forget_dead(batch.now)
        return Beat(held, strays, leases.stale_sessions(batch.now))

    def done(self, result: Beat, batch: Batch) -> None:
        """Committed."""
        held, strays, stale = result
        for session_id, connection_id in strays:
            self.keeper.depart(session_id, connection_id, at_once=False)
        for session_id in stale:
            self.keeper.expire(session_id)
        if not held:
            self.keeper.lost()


class LeaveStep(Step):
    """A socket is gone: at once for everybody, or cut, and gone when it does not come back within the grace."""

    moves = True
    writes = False  # nothing in it refuses

    def __init__(self, keeper: Keeper, session_id: int, connection_id: int, *, at_once: bool) -> None:
        self.keeper = keeper
        self.session_id: int = session_id
        self.connection_id = connection_id
        self.at_once = at_once

    def run(self, batch: Batch) -> tuple[list[Change], bool]:
        """The changes that others hear of, and whether the grace has begun."""
        row = batch.row(self.session_id)
        if row is None:
            return [], False
        if self.at_once:
            return roster_of(batch, row).leave(row, self.connection_id), False
        return roster_of(batch, row).lose(row, self.connection_id, batch.now)

    def done(self, result: tuple[list[Change], bool], batch: Batch) -> None:
        """Committed."""
        changes, in_grace = result
        self.keeper.announce(self.session_id, changes)
        if in_grace:
            self.keeper.expire_later(self.session_id)


class ExpireStep(Step):
    """Those whose grace or whose server's lease is over leave."""

    moves = True
    writes = False  # nothing in it refuses

    def __init__(self, keeper: Keeper, session_id: int) -> None:
        self.keeper = keeper
        self.session_id: int = session_id

    def run(self, batch: Batch) -> list[Change]:
        """Who left."""
        row = batch.row(self.session_id)
        return roster_of(batch, row).expire(row, batch.now) if row else []

    def done(self, result: list[Change], batch: Batch) -> None:
        """Committed."""
        self.keeper.announce(self.session_id, result)


class Keeper:
    """Owns the lease. `server_id` is the process' name for as long as it holds it."""

    def __init__(self, writer: Writer, rooms: Rooms) -> None:
        self.server_id = uuid.uuid4()
        self._writer = writer
        self._rooms = rooms
        self._loop = asyncio.get_running_loop()
        self._process_lock: ProcessLock | None = None
        self._being_reborn = False

    async def start(self) -> None:
        """Be known to the database, and give signs of life from now on."""
        await read(self._enter, self.server_id)
        self._rooms.spawn(self._live())

    def close(self) -> None:
        """Let the other processes on this machine know that this one has ended."""
        if self._process_lock is not None:
            self._process_lock.close()

    def _enter(self, server_id: uuid.UUID) -> None:
        with transaction.atomic():
            now = storage().now()
            leases.register(server_id, now)
            if settings.DATABASE_URL:  # other machines may serve it too: their leases tell
                return
            self.close()
            folder = Path(connection.settings_dict["NAME"]).with_name("servers")
            self._process_lock = ProcessLock(folder, server_id)
            others = ServerLease.objects.exclude(pk=server_id).values_list("pk", flat=True)
            leases.adopt(server_id, dead(folder, list(others)), now)

    async def _live(self) -> None:
        for session_id in await read(leases.sessions_in_grace):
            self.expire_later(session_id)
        while True:
            await asyncio.sleep(leases.BEAT)
            self.beat()

    def beat(self) -> None:
        """Give a sign of life."""
        self._writer.submit(BeatStep(self, (socket.connection_id for socket in self._rooms.sockets())))

    def lost(self) -> None:
        """The lease was lost while the process slept: others have announced its people gone. Start over."""
        if not self._being_reborn:
            self._being_reborn = True
            self._rooms.spawn(self._reborn())

    async def _reborn(self) -> None:
        log.warning("the lease of this server expired; its sockets are sent to join again")
        server_id = uuid.uuid4()
        try:
            await read(self._enter, server_id)
        finally:
            self._being_reborn = False
        self.server_id = server_id  # only now: a connection needs the lease that it hangs on
        for socket in self._rooms.sockets():
            socket.connection_id = None
            socket.close(Close.RESTARTING)

    def depart(self, session_id: int, connection_id: int, *, at_once: bool) -> None:
        """Note that a socket is gone."""
        self._writer.submit(LeaveStep(self, session_id, connection_id, at_once=at_once))

    def expire(self, session_id: int) -> None:
        """Look who has not come back in time."""
        self._writer.submit(ExpireStep(self, session_id))

    def expire_later(self, session_id: int) -> None:
        """Look once the grace is over."""
        self._loop.call_later(leases.GRACE.total_seconds() + LATE, self.expire, session_id)

    def announce(self, session_id: int, changes: Iterable[Change]) -> None:
        """Tell the room who came, left or changed."""
        for change in changes:
            self._rooms.announce(session_id, change)
