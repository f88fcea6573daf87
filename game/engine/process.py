"""What one server process has once: its writer, its hub, its lease. Started by the first who needs it."""

from __future__ import annotations

import asyncio
import gc
import logging
import random
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction

from game.engine.announcements import Reconnect
from game.engine.joining import ExpireStep, LeaveStep
from game.engine.log import durability
from game.engine.log.storage import storage
from game.engine.log.writer import Batch, Step, Writer
from game.engine.metrics.endpoint import Window
from game.engine.models import Connection, ServerLease
from game.engine.presence import roster
from game.engine.presence.process_lock import Lifeline, dead
from game.engine.presence.roster import BEAT, GRACE
from game.engine.readers import read
from game.engine.rooms.hub import Hub
from game.engine.rooms.room import Packed
from game.engine.sockets.pacing import Turnstile
from game.engine.sockets.throttle import Throttle
from game.protocol import frame_text
from game.protocol.close_codes import Close

if TYPE_CHECKING:
    from game.engine.sockets.shared_bucket import Allowance

log = logging.getLogger("rollscape.engine")

AT_ONCE = 2  # who may be asked for their names at once: more threads would hold up the loop, where the others play
LEAVING = 4  # whose departure is noted at one turn of the loop
BATCH = 100  # sockets that are sent away at once when the server stops
BETWEEN = 0.05  # seconds between two batches
MIN_SPREAD, SHARE, MAX_SPREAD = 250, 5, 30_000  # milliseconds over which they are asked to come back; for each of them


class BeatStep(Step):
    """The process' sign of life; finds on its way the sessions in which somebody is to be expired."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.here = {socket.connection_id for socket in engine.hub.sockets()}

    def run(self, batch: Batch) -> tuple[bool, list[int]]:
        """Whether the lease still held, and the sessions."""
        held = roster.beat(self.engine.server_id, batch.now)
        roster.lose_strays(self.engine.server_id, self.here, batch.now)
        roster.forget_dead(batch.now)
        return held, roster.stale_sessions(batch.now)

    def done(self, result: tuple[bool, list[int]], batch: Batch) -> None:
        """Committed."""
        held, stale = result
        for session_id in stale:
            self.engine.writer.submit(ExpireStep(self.engine, session_id))
        if not held:
            self.engine.hub.spawn(self.engine.reborn())


class Engine:
    """The server process, as far as play is concerned."""

    def __init__(self, log_keeper: durability.Durability) -> None:
        self.server_id = uuid.uuid4()
        self.lifeline: Lifeline | None = None
        self._being_reborn = False
        self.draining = False  # it is about to stop, and lets nobody in
        self.loop = asyncio.get_running_loop()
        self.durability = log_keeper
        self.hub = Hub()
        self.writer = Writer(self.loop, log_keeper.committed, self.publish)
        rate = settings.RATE
        self.commands = Throttle(rate, max(1.0, 3 * rate), _allowance("commands"))
        self.window = Window(self)
        self.door = asyncio.Semaphore(AT_ONCE)
        self.exit = Turnstile(self.loop, LEAVING)
        self.connects = Throttle(5.0 if rate else 0.0, 20.0, _allowance("connects"))

    async def start(self) -> None:
        """Be known to the database and heard by the layer."""
        await read(self._enter, self.server_id)
        await self.hub.start()
        self.hub.spawn(self._live())
        await self.window.open()
        # What stands now stands for good: later collections need not walk it (measured: p99 at 5,000 sockets).
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)

    def _enter(self, server_id: uuid.UUID) -> None:
        with transaction.atomic():
            now = storage().now()
            roster.register(server_id, now)
            if settings.DATABASE_URL:  # other machines may serve it too: their leases tell
                return
            if self.lifeline is not None:
                self.lifeline.close()
            folder = Path(connection.settings_dict["NAME"]).with_name("servers")
            self.lifeline = Lifeline(folder, server_id)
            leases = ServerLease.objects.exclude(pk=server_id).values_list("pk", flat=True)
            roster.adopt(server_id, dead(folder, list(leases)), now)

    async def _live(self) -> None:
        for session_id in await read(_inhabited):
            self.expire_later(session_id)
        while True:
            await asyncio.sleep(BEAT)
            self.beat()

    def beat(self) -> None:
        """Give a sign of life."""
        self.writer.submit(BeatStep(self))

    async def reborn(self) -> None:
        """The lease was lost while the process slept: others have announced its people gone. Start over."""
        if self._being_reborn:
            return
        self._being_reborn = True
        log.warning("the lease of this server expired; its sockets are sent to join again")
        server_id = uuid.uuid4()
        try:
            await read(self._enter, server_id)
        finally:
            self._being_reborn = False
        self.server_id = server_id  # only now: a connection needs the lease that it hangs on
        for socket in self.hub.sockets():
            socket.connection_id = None
            socket.close(Close.RESTARTING)

    async def drain(self) -> None:
        """Tell everybody when to come back, and close them: in batches, so that they do not come all at once."""
        self.draining = True
        everybody = self.hub.everybody()
        spread = min(MAX_SPREAD, MIN_SPREAD + SHARE * len(everybody))
        for start in range(0, len(everybody), BATCH):
            for socket in everybody[start : start + BATCH]:
                socket.send("reconnect", Reconnect(random.randrange(spread)))  # noqa: S311  (no secret)
                socket.close(Close.RESTARTING)
            await asyncio.sleep(BETWEEN)

    def depart(self, session_id: int, connection_id: int, *, at_once: bool) -> None:
        """Note that a socket is gone."""
        self.writer.submit(LeaveStep(self, session_id, connection_id, at_once=at_once))

    def expire_later(self, session_id: int) -> None:
        """Look, when the grace is over, who has not come back."""
        delay = GRACE.total_seconds() + 0.05
        self.loop.call_later(delay, lambda: self.writer.submit(ExpireStep(self, session_id)))

    def publish(self, batch: Batch) -> None:
        """Broadcast what a batch committed, in one message a room."""
        rooms: dict[int, list[Packed]] = {}
        for entry in batch.entries:
            packed = (entry.seq, frame_text(entry.event, entry.data, entry.seq), entry.audience)
            rooms.setdefault(entry.session_id, []).append(packed)
        try:
            for session_id, frames in rooms.items():
                self.hub.publish(session_id, frames)
        finally:
            self.hub.published()

    async def stop(self) -> None:
        """Commit what is waiting, and leave the log in order."""
        self.window.close()
        self.hub.stop()
        await self.writer.stop()
        await asyncio.to_thread(self.durability.close)
        for throttle in (self.commands, self.connects):
            if throttle.allowance is not None:
                await throttle.allowance.close()
        if self.lifeline is not None:
            self.lifeline.close()


def _allowance(kind: str) -> Allowance | None:
    if not settings.REDIS_URL:
        return None
    from game.engine.sockets.shared_bucket import (
        Allowance,  # here, since loading Redis's client takes a tenth of a start
    )

    return Allowance(settings.REDIS_URL, kind)


def _inhabited() -> list[int]:
    """Sessions with somebody whom the grace may run out for."""
    return list(Connection.objects.filter(lost_at__isnull=False).values_list("session_id", flat=True).distinct())


_engines: dict[asyncio.AbstractEventLoop, asyncio.Task[Engine]] = {}


async def _started() -> Engine:
    engine = Engine(await read(durability.open_log))
    try:
        await engine.start()
    except BaseException:
        await engine.stop()
        raise
    return engine


async def engine() -> Engine:
    """This process' engine, started when it is not yet."""
    loop = asyncio.get_running_loop()
    task = _engines.get(loop)
    if task is None or (task.done() and task.exception() is not None):
        task = _engines[loop] = loop.create_task(_started())
    return await asyncio.shield(task)


def is_draining() -> bool:
    """Whether this process is about to stop."""
    started = [task for task in _engines.values() if task.done() and not task.cancelled() and not task.exception()]
    return any(task.result().draining for task in started)


async def drain() -> None:
    """Send everybody away who is on this process."""
    task = _engines.get(asyncio.get_running_loop())
    if task is not None:
        await (await task).drain()


async def stop() -> None:
    """Stop this process' engine, if it was started."""
    task = _engines.pop(asyncio.get_running_loop(), None)
    if task is not None:
        await (await task).stop()
