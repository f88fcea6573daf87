"""The socket's edge: who are you, how often, how much, and what did you say. It names no event."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from accounts.identity import Identity, identify
from accounts.tokens import InvalidToken
from game.engine import joining, process
from game.engine.commands import CommandStep, Said, fields
from game.engine.process import Engine
from game.engine.readers import AWAY, read
from game.engine.sockets.connection_log import Visit
from game.engine.sockets.socket import Socket
from game.engine.sockets.throttle import Bucket
from game.engine.sockets.transports import EXTENSION, QueueOutlet, WireOutlet
from game.errors import Busy, Malformed, NotJoined, RateLimited, Refused
from game.protocol import BadFrame, Request, decode, key_of
from game.protocol.close_codes import Close, SocketClosed

log = logging.getLogger("rollscape.consumer")

SUBPROTOCOL = "rollscape.v1"
MAX_ID = 2**63 - 1
MAX_MESSAGE = 256 * 1024  # bytes; past it the socket is closed
PATIENCE = 100  # refusals for flooding in a row until the socket is closed
GOING_AWAY = 1001  # what a browser says when its page is left or loaded again
NO_CODE, CUT = 1005, 1006

Message = dict[str, Any]


class GameConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # Channels has no types
    """One player's socket at one session's table."""

    # The hub's channel hears the room's group for all sockets of the process; a socket needs none of its own.
    channel_layer_alias = ""

    socket: Socket | None = None
    engine: Engine
    bucket: Bucket
    visit: Visit
    task: asyncio.Task[None]
    said: tuple[int, str] | None = None  # the close code, and which side said it first
    floods = 0
    clean = False  # a close frame came, and it did not say that the page was only left

    async def __call__(
        self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        """Serve the socket until it is gone, and clean up however it went: a cancelled task skips `disconnect`."""
        self.scope, self.base_send, self.visit = scope, send, Visit(scope)
        self.task = asyncio.current_task()  # type: ignore[assignment]  # a server runs it in one
        try:
            while True:
                await self.dispatch(await receive())
        except StopConsumer:
            pass
        except SocketClosed as closed:
            await self._say_goodbye(closed.close, closed.close.reason)
        except AWAY as error:
            log.warning("the database does not answer: %s", type(error).__name__)
            await self._say_goodbye(Close.RESTARTING, Close.RESTARTING.reason)
        except asyncio.CancelledError:
            if self.socket is None or self.socket.closing is None:  # so Daphne stops; it closes nothing itself
                await self._say_goodbye(Close.RESTARTING, Close.RESTARTING.reason)
                raise
        except OSError:
            raise
        except Exception:
            log.exception("a socket met a bug; reference %s", self.visit.reference)
            await self._say_goodbye(Close.SERVER_ERROR, Close.SERVER_ERROR.reason)
        finally:
            self.visit.closed(*self._end())
            self.depart()

    async def dispatch(self, message: Message) -> None:
        """Hand the message over, without Channels' look after database connections: none is used on this thread."""
        await getattr(self, message["type"].replace(".", "_"))(message)

    # Coming ----------------------------------------------------------------------------------------

    async def connect(self) -> None:
        """Accept, so that a refusal's code can be seen; then find out who it is, and join."""
        offered = SUBPROTOCOL in self.scope["subprotocols"]
        await self.accept(SUBPROTOCOL if offered else None)
        self.engine = await process.engine()
        try:
            async with self.engine.door:
                identity = await read(identify, self.scope)
        except InvalidToken:
            raise SocketClosed(Close.INVALID_TOKEN) from None
        session_id = _whole([self.scope["url_route"]["kwargs"]["session_id"]])
        if session_id is None:
            raise SocketClosed(Close.NOT_FOUND)
        await self._sit_down(session_id, identity)

    async def _sit_down(self, session_id: int, identity: Identity) -> None:
        if self.engine.draining:
            raise SocketClosed(Close.RESTARTING)
        now = time.monotonic()
        key = (identity.user_id, session_id)
        if await self.engine.connects.take_shared(key, self.engine.connects.bucket(key, now)):
            raise SocketClosed(Close.FLOOD)
        self.bucket = self.engine.commands.bucket(key, now)
        query = parse_qs(self.scope["query_string"].decode("latin-1"))
        wire = self.scope.get("extensions", {}).get(EXTENSION)
        self.socket = Socket(
            self.engine,
            session_id,
            identity,
            _character(query.get("character_id")),
            WireOutlet(wire["wire"]) if wire else QueueOutlet(self.base_send, self.task.cancel),
            self._shut,
        )
        self.socket.watch_expiry(time.time())
        if wire:
            wire["wire"].hear = self.hear
        self.visit.opened(self.socket)
        try:
            await joining.join(self.socket, _whole(query.get("since")), query.get("epoch", [None])[0])
        except Busy:
            raise SocketClosed(Close.RESTARTING) from None

    # Talking ---------------------------------------------------------------------------------------

    def hear(self, text: str) -> Message | None:
        """One frame, while nothing of this socket is being waited for: carried out in the call that read it, since
        the way through ASGI takes as long as all that is done with a line. Returns what has to come that way."""
        socket = self.socket
        if socket is None or self.bucket.shared:
            return {"type": "websocket.receive", "text": text}
        try:
            if not self._is_acceptable(socket, text):
                return None
            request = self._understood(socket, text, self.bucket.take(time.monotonic()))
        except Exception:
            log.exception("a socket met a bug; reference %s", self.visit.reference)
            socket.close(Close.SERVER_ERROR)
            return None
        return None if request is None else {"type": "game.request", "request": request}

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """One frame: is it too much, is it understood, then on to whoever carries it out."""
        socket = self.socket
        if socket is None or not self._is_acceptable(socket, text_data or bytes_data or ""):
            return
        if self.bucket.shared:
            key = (socket.identity.user_id, socket.session_id)
            wait = await self.engine.commands.take_shared(key, self.bucket)
        else:
            wait = self.bucket.take(time.monotonic())
        request = self._understood(socket, text_data, wait)
        if request is not None:
            await self._handle(socket, request)

    async def game_request(self, message: Message) -> None:
        """What was heard at once, and has to be waited for."""
        socket = self.socket
        if socket is not None and socket.closing is None:
            await self._handle(socket, message["request"])

    def _is_acceptable(self, socket: Socket, frame: str | bytes) -> bool:
        if socket.closing is not None:
            return False
        self.visit.heard()
        if len(frame) > MAX_MESSAGE // 4 and _size(frame) > MAX_MESSAGE:
            socket.close(Close.TOO_LARGE)
            return False
        return True

    def _understood(self, socket: Socket, text: str | None, wait: float) -> Request | None:
        """Refuse it, or see to it that it is stored, or return it: its handler is to be waited for."""
        if wait:
            self._too_often(socket, wait, text)
            return None
        self.floods = 0
        try:
            if text is None:
                raise BadFrame(Malformed("Not a frame: only text frames are understood."))
            request = decode(text)
        except BadFrame as bad:
            self._refuse(socket, bad.refusal, bad.id)
            return None
        if request.command.joined and socket.room is None:
            self._refuse(socket, NotJoined("Join the room first."), request.id, request.command.name)
            return None
        if not request.command.stored:
            return request
        step = CommandStep(request, socket.seat, socket.claim, lambda said: self._answer(socket, request, said))
        self.engine.writer.submit(step)
        return None

    def _too_often(self, socket: Socket, wait: float, text: str | None) -> None:
        self.floods += 1
        if self.floods > PATIENCE:
            socket.close(Close.FLOOD)
            return
        refusal = RateLimited("Too many messages; slow down.", retry_after=wait)
        self.visit.refused(refusal.code, quietly=self.floods > 1)
        socket.refuse(refusal, key_of(text or ""))

    async def _handle(self, socket: Socket, request: Request) -> None:
        try:
            await request.command.handler(socket, **fields(request.data))
        except Refused as refusal:
            self._refuse(socket, refusal, request.id, request.command.name)
        else:
            socket.ack(request.id)

    def _refuse(self, socket: Socket, refusal: Refused, id: str | None, event: str | None = None) -> None:
        self.visit.refused(refusal.code, event)
        socket.refuse(refusal, id)

    def _answer(self, socket: Socket, request: Request, said: Said | Exception) -> None:
        if isinstance(said, Said):
            socket.ack_stored(request.id, said.seq, duplicate=said.duplicate)
        elif isinstance(said, Refused):
            self._refuse(socket, said, request.id, request.command.name)
        elif isinstance(said, SocketClosed):
            socket.close(said.close)
        else:
            log.error("a command met a bug; reference %s", self.visit.reference, exc_info=said)
            socket.close(Close.SERVER_ERROR)

    # Going -----------------------------------------------------------------------------------------

    async def _shut(self, close: Close) -> None:
        """The engine's way to close this socket."""
        socket = self.socket
        if socket is None:  # it has gone by itself
            return
        await socket.outlet.flush()
        socket.outlet.stop()
        await self._say_goodbye(close, close.reason)

    async def _say_goodbye(self, close: Close, reason: str) -> None:
        """Close, unless the other side was quicker: servers then raise one of these."""
        self.said = self.said or (int(close), "server")
        with contextlib.suppress(OSError, RuntimeError):
            await self.close(int(close), reason)

    async def websocket_disconnect(self, message: Message) -> None:
        """The socket is gone; how it went decides whether the others hear of it at once."""
        code = message.get("code", CUT)
        wire = self.scope.get("extensions", {}).get(EXTENSION)
        heard = wire["wire"].close_received() if wire else code != CUT
        self.said = self.said or (code, "server" if code in (Close.RESTARTING, Close.FLOOD) and not heard else "client")
        self.clean = heard and code != GOING_AWAY
        if self.socket is not None:
            await self.engine.exit.passed()
        raise StopConsumer

    def _end(self) -> tuple[int, str]:
        """How it ended: what the server meant counts, even where the reader was too slow to hear it."""
        if self.socket is not None and self.socket.closing is not None:
            return int(self.socket.closing), "server"
        return self.said or (CUT, "client")

    def depart(self) -> None:
        """Leave the room and the server's memory."""
        socket = self.socket
        if socket is None:
            return
        self.socket = None
        socket.release()
        self.engine.hub.put_out(socket)
        if socket.connection_id is not None:
            removed = socket.closing in (Close.REMOVED, Close.NOT_FOUND)
            at_once = removed or (self.clean and socket.closing is None)
            self.engine.depart(socket.session_id, socket.connection_id, at_once=at_once)


def _whole(values: list[str] | None) -> int | None:
    """A whole number of a query string; what is none, or no 64-bit integer, counts as not given."""
    text = values[0] if values else ""
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    return int(text) if int(text) <= MAX_ID else None


def _character(values: list[str] | None) -> int | None:
    """The character asked for; 0, which no character has, for what cannot be one."""
    if not values:
        return None
    asked = _whole(values)
    return 0 if asked is None else asked


def _size(frame: str | bytes) -> int:
    return len(frame if isinstance(frame, bytes) else frame.encode())


class NoSuchPath(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # Channels has no types
    """Any other socket path: refused without a word in the log."""

    channel_layer_alias = ""

    async def connect(self) -> None:
        """Refuse the handshake."""
        await self.close()
