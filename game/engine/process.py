"""What one server process has once: its writer, its hub, its lease. Started by the first who needs it."""

from __future__ import annotations

import asyncio
import gc
import logging
import random
import time
from collections import Counter

from django.conf import settings

from game.engine.announcements import Reconnect
from game.engine.log import durability
from game.engine.log.frame import Packed, packed
from game.engine.log.writer import Batch, Writer
from game.engine.metrics.endpoint import Window, watch_lag
from game.engine.metrics.page import Moment
from game.engine.presence.keeper import Keeper
from game.engine.readers import read
from game.engine.rooms import sweep
from game.engine.rooms.hub import Hub
from game.engine.sockets.pacing import Pacing
from game.engine.sockets.throttle import BucketStore, Throttle
from game.protocol.close_codes import Close

log = logging.getLogger("rollscape.engine")

AT_ONCE = 2  # who may be asked for their names at once: more threads would hold up the loop, where the others play
LEAVING = 4  # whose departure is noted at one turn of the loop
BATCH = 100  # sockets that are sent away at once when the server stops
BETWEEN = 0.05  # seconds between two batches
MIN_SPREAD, SHARE, MAX_SPREAD = 250, 5, 30_000  # milliseconds over which they are asked to come back; for each of them


class Engine:
    """The server process, as far as play is concerned."""

    def __init__(self, log_keeper: durability.Durability) -> None:
        self.draining = False  # it is about to stop, and lets nobody in
        self.loop = asyncio.get_running_loop()
        self.durability = log_keeper
        self.hub = Hub()
        self.answered = self.hub.answered  # for sockets, as `spawn` and `share` are
        self.spawn = self.hub.spawn
        self.writer = Writer(self.loop, log_keeper.committed, self.publish)
        self.keeper = Keeper(self.writer, self.hub)
        rate = settings.RATE
        self.commands = Throttle(rate, max(1.0, 3 * rate), _shared_buckets("commands"))
        self.work = Throttle(5 * rate, max(1.0, 30 * rate))  # of a user in all sessions; see Hearing
        self.sockets: Counter[int] = Counter()  # open here, by user
        self.window = Window(self.moment)
        self.door = asyncio.Semaphore(AT_ONCE)
        self.exit = Pacing(self.loop, LEAVING)
        self.connects = Throttle(5.0 if rate else 0.0, 20.0, _shared_buckets("connects"))

    async def start(self) -> None:
        """Be known to the database and heard by the layer."""
        await self.keeper.start()
        await self.hub.start()
        for work in (sweep.look(self.hub), sweep.listen(self.hub)):
            self.spawn(work)
        if await self.window.open():
            self.spawn(watch_lag())
        # What stands now stands for good: later collections need not walk it (measured: p99 at 5,000 sockets).
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)

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

    def share(self, user_id: int, session_id: int) -> None:
        """The user has a socket in the session on another process too."""
        self.commands.share((user_id, session_id), time.monotonic())

    def moment(self) -> Moment:
        """What the process looks like now."""
        rooms = self.hub.rooms.values()
        buffered = [socket.transport.waiting() for room in rooms for socket in room.sockets]
        return Moment(
            rooms=len(rooms),
            seated=len(buffered),
            catching_up=len(buffered) - sum(len(room.live) for room in rooms),
            writer_queue=self.writer.waiting(),
            layer_queue=self.hub.layer.waiting(),
            groups=self.hub.layer.groups(),
            tasks=len(asyncio.all_tasks()),
            buffered=sum(buffered),
            most_buffered=max(buffered, default=0),
        )

    def publish(self, batch: Batch) -> None:
        """Broadcast what a batch committed, in one message a room."""
        rooms: dict[int, list[Packed]] = {}
        for entry in batch.entries:
            rooms.setdefault(entry.session_id, []).append(packed(entry))
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
            if throttle.shared_buckets is not None:
                await throttle.shared_buckets.close()
        self.keeper.close()


def _shared_buckets(kind: str) -> BucketStore | None:
    if not settings.REDIS_URL:
        return None
    # Here, since loading Redis's client takes a tenth of a start.
    from game.engine.sockets.shared_bucket import SharedBuckets

    return SharedBuckets(settings.REDIS_URL, kind)


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
