"""Which rooms are open in this process: each hears its group of the channel layer for as long as somebody is in it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any
from weakref import WeakValueDictionary

from game.engine.counters import counters
from game.engine.rooms.room import Room

log = logging.getLogger("rollscape.hub")

PATIENCE = 2.0  # seconds that the layer is waited for


def group_name(session_id: int) -> str:
    """The channel-layer group that is the room."""
    return f"session.{session_id}"


class Doors:
    """Opens and closes rooms. `channel` is the one by which the process hears them all."""

    def __init__(self, layer: Any) -> None:
        self.rooms: dict[int, Room] = {}
        self.channel = ""
        self._layer = layer
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def _lock(self, session_id: int) -> asyncio.Lock:
        return self._locks.setdefault(session_id, asyncio.Lock())

    async def open(self, session_id: int) -> Room:
        """The room, hearing its group from now on; it stays open until `shut`."""
        async with self._lock(session_id):
            room = self.rooms.get(session_id)
            if room is None:
                room = self.rooms[session_id] = Room(session_id)
                room.heard = await self._tell(self._layer.group_add(group_name(session_id), self.channel))
            room.waiting += 1
            return room

    async def shut(self, room: Room) -> None:
        """The counterpart of `open`; a room that nobody is in any more is forgotten."""
        room.waiting -= 1
        await self.close_if_empty(room)

    async def close_if_empty(self, room: Room) -> None:
        """Forget the room when nobody is in it or on the way into it."""
        async with self._lock(room.session_id):
            if room.sockets or room.outside or room.waiting or self.rooms.get(room.session_id) is not room:
                return
            del self.rooms[room.session_id]
            await self._tell(self._layer.group_discard(group_name(room.session_id), self.channel))

    async def listen(self, room: Room) -> None:
        """Ask the layer again for a room for which it did not answer."""
        async with self._lock(room.session_id):
            if self.rooms.get(room.session_id) is room and not room.heard:
                room.heard = await self._tell(self._layer.group_add(group_name(room.session_id), self.channel))

    async def _tell(self, work: Coroutine[Any, Any, None]) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                await work
        except Exception as error:  # noqa: BLE001  (Redis is away, however its client says so: the sweep serves meanwhile)
            counters.layer_errors += 1
            log.warning("the channel layer does not answer: %s", type(error).__name__)
            return False
        return True
