"""Bringing a socket up to where its room stands, at the pace of its reader."""

from __future__ import annotations

from game.engine.counters import counters
from game.engine.log import history
from game.engine.log.frame import Frame
from game.engine.readers import AWAY, read
from game.engine.rooms.room import Room
from game.engine.sockets.socket import Socket
from game.engine.sockets.transports import Payload
from game.protocol.close_codes import Close

PAGE = 100  # frames read from the log at once
PAGE_BYTES = 256 * 1024  # written to somebody who catches up before they are waited for


async def bring_up(room: Room, socket: Socket, cursor: int) -> None:
    """Write what follows `cursor`, and let the socket hear the rest live."""
    while True:
        await socket.transport.calm()
        if socket.closing is not None:
            return
        frames = room.since(cursor)
        if frames == []:
            _go_live(room, socket, cursor)
            return
        if frames is None:
            frames = await _from_log(room, cursor)
        if not frames:
            socket.close(Close.RESTARTING)
            return
        page = _page(frames)
        socket.write(Payload([frame.for_seat(socket.seat) for frame in page]))
        counters.delivered += len(page)
        cursor = page[-1].seq


async def _from_log(room: Room, cursor: int) -> list[Frame]:
    """The next frames; none where the database is away, since nobody would look again, or the log was purged."""
    try:
        frames = await read(history.frames_after, room.session_id, cursor, PAGE)
    except AWAY:
        return []
    return frames if frames and frames[0].seq == cursor + 1 else []


def _go_live(room: Room, socket: Socket, cursor: int) -> None:
    room.let_in(socket)
    if room.last_seq is not None and cursor > room.last_seq:
        room.ahead[socket] = cursor
    if socket.presence_version < room.presence_version:  # somebody came or went while it caught up
        socket.presence_version = room.presence_version
        socket.send("player_list", room.player_list())


def _page(frames: list[Frame]) -> list[Frame]:
    """As many of the first as may be on their way to a slow reader; one at least."""
    size = 0
    for place, frame in enumerate(frames):
        size += len(frame.text)
        if size > PAGE_BYTES:
            return frames[: max(place, 1)]
    return frames
