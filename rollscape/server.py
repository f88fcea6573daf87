"""The server behind `make run`: uvicorn, with a way for finished WebSocket frames to the transport."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

import uvicorn
from django.conf import settings
from uvicorn.config import STARTUP_FAILURE
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import State

from game.engine.sockets.pacing import Pacing
from game.engine.sockets.transports import EXTENSION
from game.protocol.close_codes import Close
from rollscape.incoming import is_between_frames, whole_texts

MAX_MESSAGE = 512 * 1024  # bytes; the consumer closes earlier and says why
NOT_UTF8 = 1007
AHEAD = 16  # messages read before the first of them was taken; each is below MAX_MESSAGE
COMING = 1  # connections that are let in at one turn of the loop
PING = 20.0  # seconds between pings, and until a missing pong counts as a cut

Message = dict[str, Any]  # of ASGI


class Wire:
    """The extension: a socket's transport, as far as the game may touch it."""

    __slots__ = ("_protocol", "hear", "straight", "turned")

    def __init__(self, protocol: FrameProtocol) -> None:
        self._protocol = protocol
        self.hear: Callable[[str], Message | None] = _for_later
        self.straight: Callable[[bytes], object] | None = protocol.transport.write
        self.turned: Callable[[], None] = _nobody

    def turn(self) -> None:
        """The transport takes frames again, or does not: tell the code that writes to it."""
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


class FrameProtocol(WebSocketsSansIOProtocol):
    """Offers `Wire` to the application and says goodbye with the protocol's own close code."""

    paused = False  # the transport's buffer is over its high-water mark
    queue: Inbox  # type: ignore[assignment]  # all that is used of one
    wire: Wire | None = None
    _close_sent = False
    _between_frames = False  # whole frames need no parser

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.queue = Inbox(self.loop)

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

    def data_received(self, data: bytes) -> None:
        """Hear what comes; answer what is no handshake (a request line over 8 KiB), which uvicorn leaves waiting."""
        texts = whole_texts(data) if self._between_frames else None
        if texts is not None:
            for text in texts:
                self._text_received(text)
            return
        super().data_received(data)
        self._between_frames = is_between_frames(self.conn)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            self.transport.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
            self.transport.close()

    def handle_connect(self, event: Request) -> None:
        """Let it in when it is its turn."""
        _door(self.loop).enter(partial(self._let_in, event))

    def _let_in(self, event: Request) -> None:
        """Offer the extension once the handshake is understood."""
        if self.disconnected or self.transport.is_closing():
            return
        super().handle_connect(event)
        if hasattr(self, "scope"):
            extensions: dict[str, Any] = self.scope["extensions"] or {}
            self.wire = Wire(self)
            extensions[EXTENSION] = {"wire": self.wire}

    def shutdown(self) -> None:
        """The server stops: 4200 instead of 1012."""
        if self.close_sent or not self.handshake_complete:
            super().shutdown()
            return
        self.stop_keepalive()
        if self.conn.state is State.OPEN:  # else its goodbye is answered, and what was written before is on its way
            self.queue.put_nowait({"type": "websocket.disconnect", "code": int(Close.RESTARTING)})
            self._say_goodbye(int(Close.RESTARTING), Close.RESTARTING.reason)
        self.transport.close()

    def send_receive_event_to_app(self) -> None:
        """Hand a message over."""
        data = b"".join(self.frames)
        self.frames = []
        if self.curr_msg_data_type == "text":
            self._text_received(data)
        elif not self.close_sent:
            self._queue_message({"type": "websocket.receive", "bytes": data})

    def _text_received(self, data: bytes) -> None:
        """Hand it over at once where the application has time. What is no UTF-8 closes the socket (RFC 6455, 8.1)."""
        if self._close_sent:
            return
        try:
            text = data.decode()
        except UnicodeDecodeError:
            self.queue.put_nowait({"type": "websocket.disconnect", "code": NOT_UTF8})
            self._say_goodbye(NOT_UTF8, "")
            self.transport.close()
            return
        hear = self.wire.hear if self.wire is not None and self.queue.awaited() else _for_later
        message = hear(text)
        if message is not None:
            self._queue_message(message)

    def _queue_message(self, message: Message) -> None:
        """Behind the others. Reading stops when some wait, not at the first as in uvicorn: that costs two system calls
        a message."""
        self.queue.put_nowait(message)
        if not self.read_paused and self.queue.qsize() >= AHEAD:
            self.read_paused = True
            self.transport.pause_reading()

    def _say_goodbye(self, code: int, reason: str) -> None:
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True


def _nobody() -> None:
    """Nobody wants to know."""


def _for_later(text: str) -> Message:
    """As ASGI hands it over."""
    return {"type": "websocket.receive", "text": text}


_doors: WeakKeyDictionary[asyncio.AbstractEventLoop, Pacing] = WeakKeyDictionary()


def _door(loop: asyncio.AbstractEventLoop) -> Pacing:
    return _doors.setdefault(loop, Pacing(loop, COMING))


class Server(uvicorn.Server):
    """Says when it serves, and sends its people away before it stops."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve."""
        await super().startup(sockets)
        if self._ready is not None:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Not ready any more, then everybody told to come back, then the door closed."""
        from game.engine import process  # needs Django's apps

        if sockets:  # others serve this port: new connections are theirs
            for server in self.servers:
                server.close()
        await process.drain()
        await super().shutdown(sockets)


def serve(
    host: str = "",
    port: int = 0,
    *,
    door: socket.socket | None = None,
    ready: Callable[[], None] | None = None,
    application: str = "rollscape.asgi:application",
) -> None:
    """Serve until told to stop, on host and port or on a bound socket; `ready` is called once it serves.

    Another application is for testing this server itself.
    """
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        ws=FrameProtocol,
        ws_max_size=MAX_MESSAGE,
        ws_ping_interval=PING,
        ws_ping_timeout=PING,
        ws_per_message_deflate=False,  # halves throughput and doubles memory
        forwarded_allow_ips=settings.PROXIES,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=10,
        server_header=False,
        lifespan="on",  # an engine that cannot start is a server that must not
    )
    server = Server(config, ready)
    with contextlib.suppress(KeyboardInterrupt):  # raised again once it has stopped
        server.run([door] if door else None)
    if not server.started:
        sys.exit(STARTUP_FAILURE)
