"""What the game may touch of a socket's transport under uvicorn, and what waits for the game."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

Message = dict[str, Any]  # of ASGI


class Wire:
    """The extension: a socket's transport, as far as the game may touch it."""

    __slots__ = ("_protocol", "hear", "straight", "turned")

    def __init__(self, protocol: WiredProtocol) -> None:
        self._protocol = protocol
        self.hear: Callable[[str], Message | None] = for_later
        self.straight: Callable[[bytes], object] | None = protocol.transport.write
        self.turned: Callable[[], None] = _nobody

    def turn(self) -> None:
        """The transport takes frames again, or does not: say so to who writes to it."""
        protocol = self._protocol
        shut = protocol.paused or protocol.close_sent or protocol.disconnected
        self.straight = None if shut else protocol.transport.write
        self.turned()

    def write_frame(self, frame: bytes) -> None:
        """Write to the transport, if the socket is open."""
        protocol = self._protocol
        if not (protocol.close_sent or protocol.disconnected):
            protocol.transport.write(frame)

    def buffered(self) -> int:
        """Bytes that the transport has not got rid of; 0 as long as it takes more without a pause."""
        protocol = self._protocol
        return protocol.transport.get_write_buffer_size() if protocol.paused else 0

    async def calm(self) -> None:
        """Wait until the transport takes more, or is lost."""
        await self._protocol.writable.wait()

    def close_received(self) -> bool:
        """Whether the other side said that it closes, and was not just cut off."""
        return self._protocol.conn.close_rcvd is not None

    def abort(self) -> None:
        """Cut the connection."""
        self._protocol.transport.abort()


class Inbox:
    """What has come and was not taken yet, for one reader: asyncio's queue takes 3 KiB of an idle connection."""

    __slots__ = ("_loop", "_messages", "_reader")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._messages: list[Any] = []
        self._reader: asyncio.Future[None] | None = None

    def put_nowait(self, message: Any) -> None:
        """Behind the others."""
        self._messages.append(message)
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    async def get(self) -> Any:
        """The first one, once there is one."""
        while not self._messages:
            self._reader = self._loop.create_future()
            await self._reader
        return self._messages.pop(0)

    def awaited(self) -> bool:
        """Whether its reader waits for the next message, done with all before."""
        return self._reader is not None and not self._reader.done()

    def empty(self) -> bool:
        """Whether nothing waits."""
        return not self._messages

    def qsize(self) -> int:
        """How many wait."""
        return len(self._messages)


class WiredProtocol(WebSocketsSansIOProtocol):
    """uvicorn's, telling its `Wire` when the transport takes frames and when not."""

    paused = False  # the transport's buffer is over its high-water mark
    wire: Wire | None = None
    _close_sent = False

    @property
    def close_sent(self) -> bool:
        """Whether a close frame has left: no other may follow it."""
        return self._close_sent

    @close_sent.setter
    def close_sent(self, sent: bool) -> None:
        self._close_sent = sent
        self._turn()

    def _turn(self) -> None:
        if self.wire is not None:
            self.wire.turn()

    def pause_writing(self) -> None:
        """The buffer is filling."""
        super().pause_writing()
        self.paused = True
        self._turn()

    def resume_writing(self) -> None:
        """The buffer has room again."""
        super().resume_writing()
        self.paused = False
        self._turn()

    def connection_lost(self, exc: Exception | None) -> None:
        """The transport takes nothing any more."""
        super().connection_lost(exc)
        self._turn()


def _nobody() -> None:
    """Nobody wants to know."""


def for_later(text: str) -> Message:
    """As ASGI hands it over."""
    return {"type": "websocket.receive", "text": text}
