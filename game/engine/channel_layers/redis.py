"""The hub's channel layer across processes: Redis passes on, and what stays in this process waits for nobody.

A module of its own, since loading Redis's client takes a tenth of a start that may not need it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid
from typing import Any

from channels_redis.pubsub import RedisPubSubChannelLayer
from redis.exceptions import RedisError

from game.engine.channel_layers.local import Listener, Message
from game.engine.counters import counters

log = logging.getLogger("rollscape.layers")

PAUSE = 0.1  # seconds after a message that failed
MAX_OUTBOX = 10_000  # messages that wait for Redis; what does not fit, the others' sweep finds


def _in_one_line(record: logging.LogRecord) -> bool:
    """What channels_redis writes with a traceback whenever Redis is away."""
    if record.exc_info and isinstance(record.exc_info[1], (RedisError, OSError)):
        record.msg, record.args = "Redis does not answer: %s", (type(record.exc_info[1]).__name__,)
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = record.exc_text = None
    return True


logging.getLogger("channels_redis.pubsub").addFilter(_in_one_line)


class RedisLayer(RedisPubSubChannelLayer):  # type: ignore[misc]  # channels_redis has no types
    """Redis pub/sub between processes; this process's own groups are served at once and its echo ignored."""

    ORIGIN = "__origin__"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._origin = uuid.uuid4().hex
        self._joined: set[str] = set()
        self._listener: tuple[asyncio.AbstractEventLoop, Listener] | None = None
        self._outbox: asyncio.Queue[tuple[str, Message]] | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def answers(self) -> bool:
        """Whether Redis answers a publish."""
        await self._get_layer().group_send("answers", {"type": "answers"})
        return True

    def waiting(self) -> int:
        """How many messages Redis has not taken yet."""
        return self._outbox.qsize() if self._outbox is not None else 0

    def groups(self) -> int:
        """How many groups this process hears."""
        return len(self._joined)

    async def listen(self, listener: Listener) -> str:
        """A new channel whose messages go to `listener`, on the loop that runs now. Once a process."""
        self._listener = (asyncio.get_running_loop(), listener)
        self._outbox = asyncio.Queue(MAX_OUTBOX)
        channel: str = await self._get_layer().new_channel()
        self._tasks = [asyncio.create_task(self._hear(channel, listener)), asyncio.create_task(self._post())]
        return channel

    async def group_add(self, group: str, channel: str) -> None:
        """Let the channel hear the group: what this process posts at once, even while Redis is away."""
        self._joined.add(group)
        await self._get_layer().group_add(group, channel)

    async def group_discard(self, group: str, channel: str) -> None:
        """Let the channel hear the group no more."""
        self._joined.discard(group)
        await self._get_layer().group_discard(group, channel)

    async def group_send(self, group: str, message: Message) -> None:
        """Here at once, elsewhere through Redis."""
        if self._listener is not None and asyncio.get_running_loop() is self._listener[0]:
            self.post(group, message)
        else:  # a Django view's own loop, or a process without a hub
            await self._get_layer().group_send(group, message)

    def post(self, group: str, message: Message) -> None:
        """Here at once, elsewhere through Redis in the order of the calls, as soon as it answers."""
        assert self._listener is not None, "post follows listen"
        assert self._outbox is not None
        if group in self._joined:
            self._listener[1](message)
        with contextlib.suppress(asyncio.QueueFull):
            self._outbox.put_nowait((group, {**message, self.ORIGIN: self._origin}))

    async def _hear(self, channel: str, listener: Listener) -> None:
        layer = self._get_layer()
        while True:
            try:
                message = await layer.receive(channel)
                if message.pop(self.ORIGIN, None) != self._origin:
                    listener(message)
            except Exception:  # one message that nobody understands must not deafen this process
                log.exception("a message of the layer was lost")
                await asyncio.sleep(PAUSE)

    async def _post(self) -> None:
        layer, outbox = self._get_layer(), self._outbox
        assert outbox is not None
        while True:
            group, message = await outbox.get()
            try:
                await layer.group_send(group, message)
            except Exception as error:  # noqa: BLE001  (whatever Redis's client raises: the other processes' sweep repairs it)
                counters.layer_errors += 1
                log.warning("Redis does not answer: %s", type(error).__name__)
