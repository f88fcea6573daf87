"""Frames from a socket: is it too many, are they understood, and which part of the engine carries them out."""

from __future__ import annotations

import logging
import time
from typing import Any

from game.engine.commands import CommandStep, Outcome, authorise, fields, results
from game.engine.process import Engine
from game.engine.sockets.connection_log import ConnectionLog
from game.engine.sockets.socket import Socket
from game.engine.sockets.throttle import Bucket
from game.errors import Malformed, NotJoined, RateLimited, Refused
from game.protocol import Addressed, BadFrame, Request, decode, key_of
from game.protocol.close_codes import Close, SocketClosed

log = logging.getLogger("rollscape.consumer")

MAX_MESSAGE = 256 * 1024  # bytes; past it the socket is closed
PATIENCE = 100  # refusals for flooding in a row until the socket is closed
BYTES = 4096  # of a frame that cost a credit of all that its user may do

Message = dict[str, Any]


class Hearing:
    """Hears one socket. `bucket` holds the credits of its user in this session, `work` those in all sessions."""

    def __init__(
        self, engine: Engine, socket: Socket, bucket: Bucket, work: Bucket, connection_log: ConnectionLog
    ) -> None:
        self._engine = engine
        self._socket = socket
        self._connection_log = connection_log
        self._floods = 0
        self.bucket = bucket
        self._work = work

    def hear(self, text: str) -> Message | None:
        """One frame, while nothing of this socket is being waited for: carried out in the call that read it, since
        the way through ASGI takes as long as all that is done with a line. Returns what has to come that way.
        """
        if self.bucket.shared:
            return {"type": "websocket.receive", "text": text}
        try:
            request = self._heard(text, self.bucket.take(time.monotonic()))
        except Exception as bug:  # noqa: BLE001  (it is logged, and closes the socket)
            self._broke(bug)
            return None
        return None if request is None else {"type": "game.request", "request": request}

    async def receive(self, frame: str | bytes) -> None:
        """One frame that came through ASGI."""
        if self.bucket.shared:
            key = (self._socket.identity.user_id, self._socket.session_id)
            wait = await self._engine.commands.take_shared(key, self.bucket)
        else:
            wait = self.bucket.take(time.monotonic())
        request = self._heard(frame, wait)
        if request is not None:
            await self.wait_for(request)

    def _heard(self, frame: str | bytes, wait: float) -> Request | None:
        """Refuse it, or carry it out, or return it: its handler has to be waited for. `wait`: seconds to a credit."""
        socket = self._socket
        if socket.closing is not None:
            return None
        self._connection_log.heard()
        if len(frame) > MAX_MESSAGE // 4 and _size(frame) > MAX_MESSAGE:
            socket.close(Close.TOO_LARGE)
            return None
        if wait:
            self._too_often(frame, wait)
            return None
        try:
            request = _understood(frame)
        except BadFrame as bad:
            self._floods = 0
            self._refuse(bad.refusal, bad.id)
            return None
        if self._work.rate and (wait := self._work.take(time.monotonic(), _price(request, len(frame)))):
            self._too_often(frame, wait)
            return None
        self._floods = 0
        if request.command.joined and not socket.joined:
            self._refuse(NotJoined("Join the room first."), request.id, request.command.name)
            return None
        if request.command.kind != "event":
            return self._not_stored(request)
        self._submit(request)
        return None

    def _submit(self, request: Request) -> None:
        socket = self._socket
        step = CommandStep(request, socket.seat, socket.claim, lambda said: self._answer(request, said))
        self._engine.writer.submit(step)

    def _not_stored(self, request: Request) -> Request | None:
        if request.command.kind == "quiet":
            self._submit(request)
        elif request.command.kind == "passing" and not request.command.addressed:
            self._pass_on(request)
        else:
            return request
        return None

    def _too_often(self, frame: str | bytes, wait: float) -> None:
        self._floods += 1
        if self._floods > PATIENCE:
            self._socket.close(Close.FLOOD)
            return
        refusal = RateLimited("Too many messages; slow down.", retry_after=wait)
        self._connection_log.refused(refusal.code, quietly=self._floods > 1)
        self._socket.refuse(refusal, key_of(frame) if isinstance(frame, str) else None)

    def _pass_on(self, request: Request) -> None:
        """Say what is not stored."""
        command, seat = request.command, self._socket.seat
        try:
            authorise(command, seat)
            for said in results(command, command.handler(seat, **fields(request.data))):
                self._engine.hub.say(seat.session_id, said, seat.user_id, command.newest_of)
        except Refused as refusal:
            self._refuse(refusal, request.id, command.name)
        else:
            self._socket.ack(request.id)

    async def wait_for(self, request: Request) -> None:
        """Carry out what has to be waited for."""
        if self._socket.closing is not None:
            return
        try:
            await self._awaited(request)
        except Refused as refusal:
            self._refuse(refusal, request.id, request.command.name)
        else:
            self._socket.ack(request.id)

    async def _awaited(self, request: Request) -> None:
        command, socket = request.command, self._socket
        if command.kind == "direct":
            await command.handler(self._engine, socket, **fields(request.data))
            return
        authorise(command, socket.seat)
        addressed: Addressed[Any] = command.handler(socket.seat, **fields(request.data))
        await self._engine.hub.hand_over(socket.session_id, command.says[0], addressed)

    def _refuse(self, refusal: Refused, id: str | None, event: str | None = None) -> None:
        self._connection_log.refused(refusal.code, event)
        self._socket.refuse(refusal, id)

    def _answer(self, request: Request, said: Outcome | Exception) -> None:
        if isinstance(said, Outcome):
            self._socket.ack_stored(request.id, said.seq, duplicate=said.duplicate)
            for announced in said.announced:
                self._engine.hub.say(self._socket.session_id, announced)
        elif isinstance(said, Refused):
            self._refuse(said, request.id, request.command.name)
        elif isinstance(said, SocketClosed):
            self._socket.close(said.close)
        else:
            self._broke(said)

    def _broke(self, bug: Exception) -> None:
        """A command met a bug: logged with the connection's reference, and the socket is closed."""
        log.error("a command met a bug; reference %s", self._connection_log.reference, exc_info=bug)
        self._socket.close(Close.SERVER_ERROR)


def _understood(frame: str | bytes) -> Request:
    if isinstance(frame, bytes):
        raise BadFrame(Malformed("Not a frame: only text frames are understood."))
    return decode(frame)


def _price(request: Request, size: int) -> float:
    """What a command costs of its user's credits in all sessions."""
    price = request.command.price
    return 1 + size / BYTES + (0 if price is None else price(request.data))


def _size(frame: str | bytes) -> int:
    return len(frame if isinstance(frame, bytes) else frame.encode())
