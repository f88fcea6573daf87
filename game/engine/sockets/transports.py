"""How finished frames reach a socket: written to the transport at once where the server allows it, sent through
the ASGI interface from a bounded queue elsewhere. Both look the same to the hub."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

MAX_BUFFERED = 1024 * 1024  # bytes that wait for a reader before it counts as too slow
CALM = 64 * 1024  # bytes that may wait while somebody is catching up
FLUSH = 1.0  # seconds that a close waits for what was written before it; less than the close may take as a whole
EXTENSION = "rollscape.frames"


def wire_frame(text: bytes) -> bytes:
    """The WebSocket frame of a text from the server (RFC 6455, 5.2): final, unmasked."""
    length = len(text)
    if length < 126:
        return b"\x81%c%b" % (length, text)
    if length < 65536:
        return b"\x81\x7e%b%b" % (length.to_bytes(2, "big"), text)
    return b"\x81\x7f%b%b" % (length.to_bytes(8, "big"), text)


class Payload:
    """Some frames in order, each form of them made once for all who get them."""

    __slots__ = ("_strings", "_wire", "texts")

    def __init__(self, texts: Sequence[bytes]) -> None:
        self.texts = texts
        self._wire: bytes | None = None
        self._strings: list[str] | None = None

    @property
    def wire(self) -> bytes:
        """All of them as WebSocket frames."""
        if self._wire is None:
            self._wire = b"".join(map(wire_frame, self.texts))
        return self._wire

    @property
    def strings(self) -> list[str]:
        """Each of them as text."""
        if self._strings is None:
            self._strings = [text.decode() for text in self.texts]
        return self._strings


class Transport(Protocol):
    """The way out of one socket."""

    turned: Callable[[], None]  # called when `straight` is another one

    @property
    def straight(self) -> Callable[[bytes], object] | None:
        """Writes `Payload.wire` to a reader that keeps up, without a look at anything; None while that does not do."""

    def write(self, texts: Payload) -> bool:
        """Put the frames behind those before; False when its reader is too slow to take them."""

    def waiting(self) -> int:
        """Bytes that its reader has not taken yet."""

    async def calm(self) -> None:
        """Wait until little is waiting, or the socket is gone."""

    async def flush(self) -> None:
        """Wait until what was written has left, a bounded time: a close must not overtake it."""

    def stop(self) -> None:
        """Take nothing more."""

    def abort(self) -> None:
        """Cut the connection, if its server lets us."""


class Wire(Protocol):
    """What the server's extension offers (see rollscape.server)."""

    straight: Callable[[bytes], object] | None  # writes frames while the socket is open and its transport takes them
    turned: Callable[[], None]  # called when `straight` changes
    hear: Callable[[str], dict[str, Any] | None]  # given each text while the application waits for one, to carry it out
    # at once; what it returns is handed to the application as an ASGI message in its turn

    def write_frame(self, frame: bytes) -> None:
        """Write to the transport, if the socket is open."""

    def buffered(self) -> int:
        """Bytes that the transport has not got rid of."""

    async def calm(self) -> None:
        """Wait until the transport takes more."""

    def abort(self) -> None:
        """Cut the connection."""


def _nobody() -> None:
    """Nobody wants to know."""


class WireTransport:
    """Straight to the transport."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._stopped = False
        self.turned = _nobody
        wire.turned = self._wire_turned

    @property
    def straight(self) -> Callable[[bytes], object] | None:
        """See Transport."""
        return None if self._stopped else self._wire.straight

    def _wire_turned(self) -> None:
        self.turned()

    def write(self, texts: Payload) -> bool:
        """See Transport."""
        if self._stopped:
            return True
        if self._wire.buffered() > MAX_BUFFERED:
            return False
        self._wire.write_frame(texts.wire)
        return True

    def waiting(self) -> int:
        """See Transport."""
        return self._wire.buffered()

    async def calm(self) -> None:
        """See Transport."""
        if self._wire.buffered() > CALM:
            await self._wire.calm()

    async def flush(self) -> None:
        """See Transport; the transport keeps the order by itself."""

    def stop(self) -> None:
        """See Transport."""
        self._stopped = True
        self.turned()

    def abort(self) -> None:
        """See Transport."""
        self._wire.abort()


class QueueTransport:
    """Through `send`, for any ASGI server."""

    straight = None

    def __init__(self, send: Callable[[dict[str, Any]], Awaitable[None]], give_up: Callable[[], object]) -> None:
        self.turned = _nobody
        self._give_up = give_up
        self._send = send
        self._queue: deque[str] = deque()
        self._waiting = 0
        self._more = asyncio.Event()
        self._calm = asyncio.Event()
        self._calm.set()
        self._empty = asyncio.Event()
        self._empty.set()
        self._task = asyncio.create_task(self._work())

    def write(self, texts: Payload) -> bool:
        """See Transport."""
        if self._task.done():
            return True
        if self._waiting > MAX_BUFFERED:
            return False
        self._queue.extend(texts.strings)
        self._empty.clear()
        self._waiting += sum(map(len, texts.texts))
        if self._waiting > CALM:
            self._calm.clear()
        self._more.set()
        return True

    def waiting(self) -> int:
        """See Transport."""
        return self._waiting

    async def calm(self) -> None:
        """See Transport."""
        await self._calm.wait()

    def stop(self) -> None:
        """See Transport."""
        self._task.cancel()
        self._release()

    def abort(self) -> None:
        """End the application, on which servers close: ASGI has no other way. What was written may leave before."""
        self._give_up()

    async def flush(self) -> None:
        """See Transport."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._empty.wait(), FLUSH)

    async def _work(self) -> None:
        try:
            while True:
                await self._more.wait()
                self._more.clear()
                while self._queue:
                    text = self._queue[0]
                    await self._send({"type": "websocket.send", "text": text})
                    self._queue.popleft()
                    self._waiting = self._waiting - len(text.encode()) if self._queue else 0
                    if self._waiting <= CALM:
                        self._calm.set()
                self._empty.set()
        except Exception:  # noqa: BLE001  (the socket is gone, however its server says so; the consumer hears it by itself)
            self._release()

    def _release(self) -> None:
        self._calm.set()
        self._empty.set()
