"""The hub's channel layer within one process: one channel, heard by call instead of by queue.

It keeps the interface of Channels' layers, so anything else may use it too; so does the layer on Redis, which several
processes share. On top of that interface `listen` hands the messages of a channel to a function at once. Messages are
handed over as they are: nobody may change them.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Callable
from typing import Any

from channels.exceptions import ChannelFull
from channels.layers import BaseChannelLayer

Message = dict[str, Any]
Listener = Callable[[Message], None]


class LocalLayer(BaseChannelLayer):  # type: ignore[misc]  # Channels has no types
    """Channels and groups within one process. No expiry: members leave when they say so."""

    extensions = ["groups", "flush"]

    def __init__(self, capacity: int = 1000, **options: Any) -> None:
        super().__init__(capacity=capacity, **options)
        self._queues: dict[str, asyncio.Queue[Message]] = {}
        self._groups: dict[str, set[str]] = {}
        self._listeners: dict[str, tuple[asyncio.AbstractEventLoop, Listener]] = {}

    async def answers(self) -> bool:
        """Whether the layer can be reached; this one always can."""
        return True

    def waiting(self) -> int:
        """How many messages are on their way; here they arrive at once."""
        return 0

    def groups(self) -> int:
        """How many groups somebody hears."""
        return len(self._groups)

    async def listen(self, listener: Listener) -> str:
        """A new channel whose messages go to `listener`, on the loop that runs now."""
        channel = await self.new_channel()
        self._listeners[channel] = (asyncio.get_running_loop(), listener)
        return channel

    async def new_channel(self, prefix: str = "specific") -> str:
        """A name that nobody has."""
        return f"{prefix}.{uuid.uuid4().hex}"

    async def send(self, channel: str, message: Message) -> None:
        """Hand over one message; ChannelFull when nobody takes them."""
        heard = self._listeners.get(channel)
        if heard is not None:
            _call(*heard, message)
            return
        queue = self._queues.setdefault(channel, asyncio.Queue())
        if queue.qsize() >= self.capacity:
            raise ChannelFull(channel)
        queue.put_nowait(message)

    async def receive(self, channel: str) -> Message:
        """The next message of a channel nobody listens on."""
        queue = self._queues.setdefault(channel, asyncio.Queue())
        try:
            return await queue.get()
        finally:
            if queue.empty():
                self._queues.pop(channel, None)

    async def group_add(self, group: str, channel: str) -> None:
        """Let the channel hear the group."""
        self._groups.setdefault(group, set()).add(channel)

    async def group_discard(self, group: str, channel: str) -> None:
        """Let the channel hear the group no more."""
        members = self._groups.get(group, set())
        members.discard(channel)
        if not members:
            self._groups.pop(group, None)

    async def group_send(self, group: str, message: Message) -> None:
        """Hand one message to every channel of the group; a full one misses it."""
        for channel in tuple(self._groups.get(group, ())):
            with contextlib.suppress(ChannelFull):
                await self.send(channel, message)

    def post(self, group: str, message: Message) -> None:
        """`group_send` for callers that cannot wait, to listening channels only."""
        for channel in tuple(self._groups.get(group, ())):
            heard = self._listeners.get(channel)
            if heard is not None:
                _call(*heard, message)

    async def flush(self) -> None:
        """Forget everything."""
        self._queues.clear()
        self._groups.clear()
        self._listeners.clear()


def _call(loop: asyncio.AbstractEventLoop, listener: Listener, message: Message) -> None:
    if asyncio.get_running_loop() is loop:
        listener(message)
    else:  # a Django view's own loop, in another thread
        loop.call_soon_threadsafe(listener, message)
