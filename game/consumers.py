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
from django.conf import settings

from accounts.identity import Identity, identify
from accounts.tokens import InvalidToken
from game.engine import joining, process
from game.engine.hearing import Hearing
from game.engine.process import Engine
from game.engine.readers import AWAY, read
from game.engine.sockets.connection_log import ConnectionLog
from game.engine.sockets.socket import Socket
from game.engine.sockets.transports import EXTENSION, QueueTransport, WireTransport
from game.errors import Busy
from game.protocol.close_codes import Close, SocketClosed

log = logging.getLogger("rollscape.consumer")

SUBPROTOCOL = "rollscape.v1"
MAX_ID = 2**63 - 1
GOING_AWAY = 1001  # what a browser says when its page is left or loaded again
NO_CODE, CUT = 1005, 1006

Message = dict[str, Any]


class GameConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # Channels has no types
    """One player's socket at one session's table."""

    # The hub's channel hears the room's group for all sockets of the process; a socket needs none of its own.
    channel_layer_alias = ""

    socket: Socket | None = None
    hearing: Hearing | None = None
    engine: Engine
    connection_log: ConnectionLog
    task: asyncio.Task[None]
    said: tuple[int, str] | None = None  # the close code, and which side said it first
    clean = False  # a close frame came, and it did not say that the page was only left

    async def __call__(
        self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        """Serve the socket until it is gone, and clean up however it went: a cancelled task skips `disconnect`."""
        self.scope, self.base_send, self.connection_log = scope, send, ConnectionLog(scope)
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
            log.exception("a socket met a bug; reference %s", self.connection_log.reference)
            await self._say_goodbye(Close.SERVER_ERROR, Close.SERVER_ERROR.reason)
        finally:
            self.connection_log.closed(*self._end())
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
        if settings.RATE and self.engine.sockets[identity.user_id] >= settings.SOCKETS:
            raise SocketClosed(Close.FLOOD)
        query = parse_qs(self.scope["query_string"].decode("latin-1"))
        wire = self.scope.get("extensions", {}).get(EXTENSION)
        self.socket = Socket(
            self.engine,
            session_id,
            identity,
            _character(query.get("character_id")),
            WireTransport(wire["wire"]) if wire else QueueTransport(self.base_send, self.task.cancel),
            self._shut,
        )
        self.socket.watch_expiry(time.time())
        self.connection_log.opened(self.socket)
        self.engine.sockets[identity.user_id] += 1
        bucket = self.engine.commands.bucket(key, now)
        work = self.engine.work.bucket((identity.user_id, 0), now)
        self.hearing = Hearing(self.engine, self.socket, bucket, work, self.connection_log)
        if wire:
            wire["wire"].hear = self.hearing.hear
        try:
            await joining.join(self.engine, self.socket, _whole(query.get("since")), query.get("epoch", [None])[0])
        except Busy:
            raise SocketClosed(Close.RESTARTING) from None

    # Talking ---------------------------------------------------------------------------------------

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """One frame that came through ASGI."""
        if self.hearing is not None:
            await self.hearing.receive(text_data or bytes_data or "")

    async def game_request(self, message: Message) -> None:
        """What was heard at once, and has to be waited for."""
        if self.hearing is not None:
            await self.hearing.wait_for(message["request"])

    # Going -----------------------------------------------------------------------------------------

    async def _shut(self, close: Close) -> None:
        """The engine's way to close this socket."""
        socket = self.socket
        if socket is None:  # it has gone by itself
            return
        await socket.transport.flush()
        socket.transport.stop()
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
        self.socket = self.hearing = None
        self.engine.sockets[socket.identity.user_id] -= 1
        if not self.engine.sockets[socket.identity.user_id]:
            del self.engine.sockets[socket.identity.user_id]
        socket.release()
        self.engine.hub.put_out(socket)
        if socket.connection_id is not None:
            removed = socket.closing in (Close.REMOVED, Close.NOT_FOUND)
            at_once = removed or (self.clean and socket.closing is None)
            self.engine.keeper.depart(socket.session_id, socket.connection_id, at_once=at_once)


def _whole(values: list[str] | None) -> int | None:
    """A whole number of a query string; anything but a 64-bit integer counts as not given."""
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


class NoSuchPath(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # Channels has no types
    """Any other socket path: refused without a word in the log."""

    channel_layer_alias = ""

    async def connect(self) -> None:
        """Refuse the handshake."""
        await self.close()
