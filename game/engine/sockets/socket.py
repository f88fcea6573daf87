"""One player's connection, as the rest of the server sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, Protocol

from msgspec import Struct

from accounts.identity import Identity
from game.engine.announcements import Ack, Refusal
from game.engine.seats import Claim, Seat
from game.engine.sockets.transports import Payload, Transport
from game.errors import Refused
from game.protocol import encode, frame_text
from game.protocol.close_codes import Close
from game.protocol.timestamps import rfc3339

ABORT_AFTER = 2.0  # seconds that a close may take before the connection is cut


class Process(Protocol):
    """What a socket needs of its server process."""

    answered: set[Socket]  # their acks leave with the events that are published next

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run it beside."""

    def share(self, user_id: int, session_id: int) -> None:
        """The user is in the room on another process too, and what they may say is counted for both."""


class Socket:
    """A connection that has shown who it is. `seat` is its last one; `joined`: it is in its room."""

    unsaid: tuple[bytes, ...] = ()  # acks that wait for the event that they are of

    def __init__(
        self,
        process: Process,
        session_id: int,
        identity: Identity,
        character_id: int | None,
        transport: Transport,
        close: Callable[[Close], Awaitable[None]],
    ) -> None:
        self.process = process
        self.session_id = session_id
        self.identity = identity
        self.claim = Claim(identity, session_id, character_id, connected_at="")  # what it says of itself
        self.transport = transport
        self._close = close
        self.seat: Seat
        self.joined = False
        self.connection_id: int | None = None
        self.presence_version = 0
        self.later: dict[Any, Payload] = {}  # passing frames that wait for a reader that is behind, by what they are of
        self.catching_up: asyncio.Task[None] | None = None
        self.closing: Close | None = None
        self._expiry: asyncio.TimerHandle | None = None

    def clock(self) -> str:
        """The server's time as the protocol writes it."""
        return rfc3339(datetime.now(UTC))

    def send(self, event: str, data: Struct, seq: int | None = None) -> None:
        """Say something to this socket alone."""
        self.write(Payload([frame_text(event, encode(data), seq)]))

    def write(self, texts: Payload) -> None:
        """Write finished frames; a reader too slow for them is closed."""
        if not self.put(texts):
            self.close(Close.TOO_SLOW)

    def put(self, texts: Payload) -> bool:
        """Write finished frames behind what is still unsaid; False when its reader is too slow to take them."""
        if self.unsaid:
            texts, self.unsaid = Payload([*self.unsaid, *texts.texts]), ()
        return self.transport.write(texts)

    def ack(self, id: str | None) -> None:
        """Confirm a command that asked for it."""
        if id is not None:
            self.send("ack", Ack.of(id, None, duplicate=False))

    def ack_stored(self, id: str | None, seq: int | None, *, duplicate: bool) -> None:
        """The same in one packet with the event, which the hub publishes next: a packet costs more than all else."""
        if id is not None:
            self.unsaid += (frame_text("ack", encode(Ack.of(id, seq, duplicate))),)
            self.process.answered.add(self)

    def say_unsaid(self) -> None:
        """No event came, or not to this socket."""
        if self.unsaid:
            self.write(Payload([]))

    def refuse(self, refusal: Refused, id: str | None = None) -> None:
        """Say why a command was refused."""
        self.send("error", Refusal.of(refusal, id))

    def close(self, close: Close) -> None:
        """Close it for this reason; the first reason stands."""
        if self.closing is not None:
            return
        self.closing = close
        self.process.spawn(self._closed(close))

    async def _closed(self, close: Close) -> None:
        try:
            async with asyncio.timeout(ABORT_AFTER):
                await self._close(close)
        except TimeoutError:  # its reader does not read; a server may wait for it for ever
            self.transport.abort()

    def share_limits(self) -> None:
        """Its user is in the room on another process too."""
        self.process.share(self.identity.user_id, self.session_id)

    def watch_expiry(self, wall_now: float) -> None:
        """Close when the token expires. Times are seconds since the epoch."""
        if self.identity.expires_at is not None:
            delay = max(0.0, self.identity.expires_at - wall_now)
            self._expiry = asyncio.get_running_loop().call_later(delay, self.close, Close.INVALID_TOKEN)

    def release(self) -> None:
        """The connection is gone: no timer, no frame any more."""
        self.transport.stop()
        if self._expiry is not None:
            self._expiry.cancel()
