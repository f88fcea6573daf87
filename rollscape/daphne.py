"""The way for finished WebSocket frames to the transport under Daphne, which offers its application none by itself."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from autobahn.twisted.websocket import WebSocketServerProtocol
from daphne import http_protocol
from twisted.internet import reactor as _reactor
from twisted.internet.abstract import FileDescriptor
from twisted.internet.defer import Deferred

from game.engine import process
from game.engine.sockets.transports import EXTENSION
from game.protocol.close_codes import Close
from rollscape.bodies import limit_of, too_long
from rollscape.edge import worded
from rollscape.incoming import AFTER_CLOSE, ANSWER, LONGEST_ANSWER, SLICE, pieces

reactor: Any = _reactor  # chosen when Daphne was imported
CONTROL = 8  # opcodes from here on are control frames (RFC 6455, 5.5)

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class Wire:
    """The extension on Twisted's transport, which tells its producer when it takes no more.

    See `Wire` in game.engine.sockets.transports.
    """

    def __init__(self, protocol: Any) -> None:
        self._protocol = protocol
        self._transport: Any = protocol.transport
        self._writable = asyncio.Event()
        self._writable.set()
        self.straight: Callable[[bytes], object] | None = self.write_frame
        self.turned: Callable[[], None] = _nobody
        protocol.closeHandshakeTimeout = LONGEST_ANSWER  # the answer may stand behind much that was sent before
        self._transport.unregisterProducer()  # the HTTP channel, which stops reading from a client that does not read
        self._transport.registerProducer(self, True)

    def write_frame(self, frame: bytes) -> None:
        """Write to the transport, if the socket is open."""
        if self._protocol.state == self._protocol.STATE_OPEN:
            self._transport.write(frame)

    def buffered(self) -> int:
        """Bytes that the transport has not got rid of; 0 as long as it takes more without a pause."""
        if self._writable.is_set():
            return 0
        transport = self._transport
        return int(len(transport.dataBuffer) - transport.offset + transport._tempDataLen)  # nothing public says

    async def calm(self) -> None:
        """Wait until the transport takes more, or is lost."""
        await self._writable.wait()

    def close_received(self) -> bool:
        """Whether the other side said that it closes, and was not just cut off."""
        return bool(self._protocol.wasClean)

    def abort(self) -> None:
        """Cut the connection."""
        self._transport.abortConnection()

    # What Twisted calls, by its names --------------------------------------------------------------

    def pauseProducing(self) -> None:  # noqa: N802
        """The buffer is filling."""
        self._writable.clear()
        self.straight = None
        self.turned()

    def resumeProducing(self) -> None:  # noqa: N802
        """The buffer is empty."""
        self._writable.set()
        self.straight = self.write_frame
        self.turned()

    def stopProducing(self) -> None:  # noqa: N802
        """The transport takes nothing any more."""
        self._writable.set()
        self.straight = None
        self.turned()


class BoundedRequest(http_protocol.WebRequest):  # type: ignore[misc]  # Daphne has no types
    """Daphne's, which Twisted keeps on disk before anybody looks: counted while it comes."""

    _size = 0
    _refused = False

    # What Twisted calls, by its names

    def gotLength(self, length: int | None) -> None:  # noqa: N802
        """It is known how long the body is, or that nobody says."""
        super().gotLength(length)
        self._count(length or 0)
        self._size = 0

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802
        """A piece of it."""
        self._count(len(data))
        if not self._refused:
            super().handleContentChunk(data)

    def _count(self, size: int) -> None:
        self._size += size
        path = self.channel._path.decode("latin-1").partition("?")[0]  # the request's own is not set yet
        if self._size > limit_of(path) and not self._refused:
            self._refused = True
            kind, body = worded(path, too_long(path))
            head = (
                b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n"
            )
            self.channel.transport.write(head % (kind, len(body)) + body)
            self.channel.loseConnection()


http_protocol.WebRequest = BoundedRequest


class Guard:
    """Stands before a socket's parser: counts frames that are no whole message, and hears little after a close."""

    def __init__(self, protocol: Any, wire: Wire) -> None:
        self.protocol = protocol
        self._wire = wire
        self._pieces = pieces(time.monotonic())
        self._after_close = AFTER_CLOSE
        self._parse, self._begin, self._answer = protocol._dataReceived, protocol.onFrameBegin, protocol.onPing
        protocol._dataReceived, protocol.onFrameBegin, protocol.onPing = self.received, self.frame_begins, self.pinged

    def received(self, data: bytes) -> None:
        """Parse it in slices: the parser does not stop before the end of what it is given."""
        for at in range(0, len(data), SLICE):
            part = data[at : at + SLICE]
            if self.protocol.state == self.protocol.STATE_CLOSING:
                self._after_close -= len(part)
            if self._after_close < 0:
                self.protocol.transport.pauseProducing()
                return
            self._parse(part)

    def frame_begins(self) -> None:
        """A whole message is counted by the application; a control frame, an empty one or a piece of one, here."""
        frame = self.protocol.current_frame
        whole = (frame.fin and 0 < frame.opcode < CONTROL and frame.length) or frame.opcode == CONTROL
        if not whole and self._pieces.take(time.monotonic()):
            self.close(int(Close.FLOOD), Close.FLOOD.reason)
        self._begin()

    def pinged(self, payload: bytes) -> None:
        """Answer who reads."""
        if not self._wire.buffered():
            self._answer(payload)

    def close(self, code: int, reason: str) -> None:
        """Say goodbye; the answer must not take for ever."""
        if self.protocol.state == self.protocol.STATE_OPEN:
            self.protocol.sendClose(code, reason)
            reactor.callLater(ANSWER, self._unanswered)

    def _unanswered(self) -> None:
        if not self._wire.buffered():  # else what was written before still leaves, until the close has taken too long
            self._wire.abort()


def with_wire(application: Application) -> Application:
    """Offer the extension to the application where Daphne serves it over plain TCP, and end with Daphne.

    Daphne binds the protocol to `send`, and that is the one place where an application can find it.
    """
    seen = False

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal seen
        protocol = send.args[0] if isinstance(send, partial) and send.args else None
        if isinstance(protocol, WebSocketServerProtocol) and isinstance(protocol.transport, FileDescriptor):
            if not seen:
                seen = True
                reactor.addSystemEventTrigger("before", "shutdown", _leave)
            wire = Wire(protocol)
            scope = scope | {"extensions": {EXTENSION: {"wire": wire}}}
            send = partial(_send, Guard(protocol, wire), send)
        await application(scope, receive, send)

    return serve


async def _send(guard: Guard, send: Send, message: dict[str, Any]) -> None:
    """Send it; Daphne leaves the reason out of a close."""
    if message["type"] == "websocket.close" and guard.protocol.state == guard.protocol.STATE_OPEN:
        guard.close(message["code"], message["reason"])
    else:
        await send(message)


def _leave() -> Deferred[None]:
    """Daphne cancels every application and waits for none: stay until they have said goodbye and all is stored."""

    async def leave() -> None:
        await process.drain()
        await process.stop()

    return Deferred.fromFuture(asyncio.ensure_future(leave()))


def _nobody() -> None:
    """Nobody wants to know."""
