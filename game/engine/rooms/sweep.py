"""What nobody announced: one look for all rooms of a process, again and again, so that no loss of the layer lasts."""

from __future__ import annotations

import asyncio
import logging

from game.engine.log import history
from game.engine.readers import read
from game.engine.rooms import player_list
from game.engine.rooms.hub import Hub
from game.engine.rooms.room import Room
from game.protocol.close_codes import Close

log = logging.getLogger("rollscape.sweep")

PAUSE = 0.8  # seconds between two looks


async def look(hub: Hub) -> None:
    """Find what the layer lost and what was changed without a word."""
    behind: dict[int, int] = {}
    while True:
        await asyncio.sleep(PAUSE)
        rooms = {id: room for id, room in hub.rooms.items() if room.last_seq is not None}
        if not rooms:
            continue
        try:
            heads = await read(history.heads, list(rooms))
        except Exception as error:  # noqa: BLE001  (the database is away; the next look finds what this one did not)
            log.warning("the sweep failed: %s", type(error).__name__)
            continue
        behind = {id: room.presence_version for id, room in rooms.items() if _compare(hub, room, heads, behind)}


def _compare(hub: Hub, room: Room, heads: dict[int, history.Head], behind: dict[int, int]) -> bool:
    """Mend what differs; True when presence differs, which counts only when it still does at the next look."""
    head = heads.get(room.session_id)
    if head is None or (room.epoch and head.epoch != room.epoch):
        hub.dissolve(room, Close.NOT_FOUND if head is None else Close.RESTARTING)
        return False
    if room.last_seq is not None and head.seq > room.last_seq:
        hub.spawn(hub.repair(room, "sweep"))
    if head.acl_version > room.acl_version:
        hub.spawn(hub.refresh(room))  # which notes the version once it is done, and else is asked again
    if head.presence_version <= room.presence_version:
        return False
    if behind.get(room.session_id) == room.presence_version:
        hub.spawn(player_list.list_anew(room))
    return True


async def listen(hub: Hub) -> None:
    """Ask the layer again for the rooms for which it did not answer."""
    while True:
        await asyncio.sleep(PAUSE)
        for room in [room for room in hub.rooms.values() if not room.heard]:
            await hub.doors.listen(room)
            if not room.heard:
                break
