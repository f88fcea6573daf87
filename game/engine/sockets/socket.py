"""One player's connection, as the rest of the server sees it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from accounts.identity import Identity
from game.engine.announcements import Ack, Refusal
from game.engine.log.writer import rfc3339
from game.engine.seats import Claim, Seat
from game.engine.sockets.transports import Outlet, Texts
from game.errors import Refused
from game.protocol import encode, frame_text
from game.protocol.close_codes import Close

if TYPE_CHECKING:
    from game.engine.process import Engine
    from game.engine.rooms.room import Room

log = logging.getLogger("rollscape.socket")

ABORT_AFTER = 2.0  # seconds that a close may take before the connection is cut


class Socket:
    """A connection that has shown who it is. `room` is None while it is not joined; `seat` is its last one."""

    unsaid: tuple[bytes, ...] = ()  # acks that wait for the event that they are of

    def __init__(
        self,
        engine: Engine,
        session_id: int,
        identity: Identity,
        character_id: int | None,
        outlet: Outlet,
        close: Callable[[Close], Awaitable[None]],
    ) -> None:
        self.engine = engine
        self.session_id = session_id
        self.identity = identity
        self.claim = Claim(identity, session_id, character_id, connected_at="")  # what it says of itself
        self.outlet = outlet
        outlet.turned = self._turned
        self._close = close
        self.seat: Seat
        self.room: Room | None = None
        self.connection_id: int | None = None
        self.presence_version = 0
        self.catching_up: asyncio.Task[None] | None = None
        self.closing: Close | None = None
        self._expiry: asyncio.TimerHandle | None = None

    def _turned(self) -> None:
        if self.room is not None:
            self.room.live.turned(self)

    def clock(self) -> str:
        """The server's time as the protocol writes it."""
        return rfc3339(datetime.now(UTC))

    def send(self, event: str, data: Struct, seq: int | None = None) -> None:
        """Say something to this socket alone."""
        self.write(Texts([frame_text(event, encode(data), seq)]))

    def write(self, texts: Texts) -> None:
        """Write finished frames; a reader too slow for them is closed."""
        if not self.put(texts):
            self.close(Close.TOO_SLOW)

    def put(self, texts: Texts) -> bool:
        """Write finished frames behind what is still unsaid; False when its reader is too slow to take them."""
        if self.unsaid:
            texts, self.unsaid = Texts([*self.unsaid, *texts.texts]), ()
        return self.outlet.write(texts)

    def ack(self, id: str | None) -> None:
        """Confirm a command that asked for it."""
        if id is not None:
            self.send("ack", Ack.of(id, None, duplicate=False))

    def ack_stored(self, id: str | None, seq: int, *, duplicate: bool) -> None:
        """The same in one packet with the event, which the hub publishes next: a packet costs more than all else."""
        if id is not None:
            self.unsaid += (frame_text("ack", encode(Ack.of(id, seq, duplicate))),)
            self.engine.hub.answered.add(self)

    def say_unsaid(self) -> None:
        """No event came, or not to this socket."""
        if self.unsaid:
            self.write(Texts([]))

    def refuse(self, refusal: Refused, id: str | None = None) -> None:
        """Say why a command was refused."""
        self.send("error", Refusal.of(refusal, id))

    def close(self, close: Close) -> None:
        """Close it for this reason; the first reason stands."""
        if self.closing is not None:
            return
        self.closing = close
        self.engine.hub.spawn(self._closed(close))

    async def _closed(self, close: Close) -> None:
        try:
            async with asyncio.timeout(ABORT_AFTER):
                await self._close(close)
        except TimeoutError:  # its reader does not read; a server may wait for it for ever
            self.outlet.abort()

    def share_allowance(self) -> None:
        """Its user is in the room on another process too."""
        self.engine.commands.share((self.identity.user_id, self.session_id), time.monotonic())

    def watch_expiry(self, wall_now: float) -> None:
        """Close when the token expires. Times are seconds since the epoch."""
        if self.identity.expires_at is not None:
            delay = max(0.0, self.identity.expires_at - wall_now)
            self._expiry = asyncio.get_running_loop().call_later(delay, self.close, Close.INVALID_TOKEN)

    def release(self) -> None:
        """The connection is gone: no timer, no frame any more."""
        self.outlet.stop()
        if self._expiry is not None:
            self._expiry.cancel()
