"""What is said and not stored, on its way to every process of a room.

Of what coalesces only the newest of a sender, an event and a key has to arrive: it is let through a few times a second,
and a reader that is behind gets the newest once it has caught up. Everything else is written at once and in order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from game.engine.log import audience
from game.engine.log.audience import StoredAudience
from game.engine.rooms.room import Room
from game.engine.sockets.socket import Socket
from game.engine.sockets.transports import CALM, Payload
from game.protocol import ANNOUNCEMENTS, EVERYBODY, NAMES, Said, encode, frame_text

INTERVAL = 0.05  # seconds between two of the same sender, event and key

Key = tuple[int, str, str]  # the sender, the event, and the fields by which only the newest matters
Message = dict[str, Any]


class Passing(Struct, frozen=True):
    """One passing event at a receiving process. `but`: a user who does not hear it. `key`: None where each counts."""

    text: bytes
    audience: StoredAudience | None
    but: int | None
    key: Key | None

    @classmethod
    def of(cls, message: Message) -> Passing:
        """From its form on the layer."""
        key = message["key"]
        return cls(message["text"], audience.restored(message["audience"]), message["but"], key and tuple(key))

    def is_for(self, socket: Socket) -> bool:
        """Whether this socket hears it."""
        seat = socket.seat
        if seat.user_id == self.but:
            return False
        return self.audience is None or self.audience.includes(seat.user_id, seat.role)


def message(session_id: int, said: Said[Struct], sender: int, newest_of: tuple[str, ...] | None) -> Message:
    """A passing event as the layer carries it; `sender` is a user's id, 0 for the server."""
    event = NAMES[type(said.data)]
    others = ANNOUNCEMENTS[event].to == "the others"
    key = None
    if newest_of is not None:
        key = [sender, event, encode([getattr(said.data, name) for name in newest_of]).decode()]
    return {
        "type": "room.passing",
        "session": session_id,
        "text": frame_text(event, encode(said.data)),
        "audience": None if said.audience is EVERYBODY else audience.stored([said.audience]),
        "but": sender if others else None,
        "key": key,
    }


class Coalescer:
    """Lets the newest of each key through, the first at once and then one each `INTERVAL`."""

    def __init__(self, post: Callable[[Message], None]) -> None:
        self._post = post
        self._newest: dict[tuple[int, Key], Message | None] = {}

    def say(self, message: Message) -> None:
        """Post it now, or in its time unless a newer one takes its place."""
        if message["key"] is None:
            self._post(message)
            return
        key = (message["session"], tuple(message["key"]))
        if key in self._newest:
            self._newest[key] = message
            return
        self._post(message)
        self._rest(key)

    def _rest(self, key: tuple[int, Key]) -> None:
        self._newest[key] = None
        asyncio.get_running_loop().call_later(INTERVAL, self._over, key)

    def _over(self, key: tuple[int, Key]) -> None:
        message = self._newest.pop(key)
        if message is not None:
            self._post(message)
            self._rest(key)


def deliver(room: Room, passing: Passing) -> None:
    """Write it to those in the room who hear it and are up to date."""
    payload = Payload([passing.text])
    if passing.but is None and passing.audience is None and passing.key is None:
        for socket in room.live.write(payload):
            socket.write(payload)  # says that it is too slow
        return
    for socket in room.live:
        if passing.is_for(socket):
            _write(socket, payload, passing.key)


def _write(socket: Socket, payload: Payload, key: Key | None) -> None:
    if key is None or (not socket.later and socket.transport.waiting() <= CALM):
        socket.write(payload)
        return
    if not socket.later:
        socket.process.spawn(_when_calm(socket))
    socket.later[key] = payload


async def _when_calm(socket: Socket) -> None:
    """Write the newest of each that waited for a reader that was behind."""
    await socket.transport.calm()
    later, socket.later = socket.later, {}
    if socket.closing is None and socket.joined:
        for payload in later.values():
            socket.write(payload)
