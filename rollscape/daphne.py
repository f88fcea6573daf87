"""The way for finished WebSocket frames to the transport under Daphne, which offers its application none by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from autobahn.twisted.websocket import WebSocketServerProtocol
from twisted.internet import reactor as _reactor
from twisted.internet.abstract import FileDescriptor
from twisted.internet.defer import Deferred

from game.engine import process
from game.engine.sockets.transports import EXTENSION

reactor: Any = _reactor  # chosen when Daphne was imported
CLOSING = 10.0  # seconds for the answer to a close frame, as in uvicorn: it may stand behind much that was sent before

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
        protocol.closeHandshakeTimeout = CLOSING
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
            scope = scope | {"extensions": {EXTENSION: {"wire": Wire(protocol)}}}
            send = partial(_send, protocol, send)
        await application(scope, receive, send)

    return serve


async def _send(protocol: Any, send: Send, message: dict[str, Any]) -> None:
    """Send it; Daphne leaves the reason out of a close."""
    if message["type"] == "websocket.close" and protocol.state == protocol.STATE_OPEN:
        protocol.sendClose(message["code"], message["reason"])
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
