"""Who is in the room, as its sockets in this process are told it."""

from __future__ import annotations

from typing import Any

from game.engine.announcements import PlayerJoined, PlayerLeft, PlayerState
from game.engine.presence.roster import Change, roll_call
from game.engine.readers import read
from game.engine.rooms.room import Room
from game.engine.sockets.transports import Payload
from game.protocol import encode, frame_text


def message(session_id: int, change: Change) -> dict[str, Any]:
    """A change as the layer carries it."""
    return {
        "type": "room.presence",
        "session": session_id,
        "version": change.version,
        "event": change.event,
        "player": encode(change.player),
        "state": change.state,
    }


def changed(room: Room, change: Change) -> bool:
    """Tell one change of who is here. True when it takes the whole list: after a gap in the versions, or when only a
    look changed.
    """
    if change.version <= room.presence_version:
        return False
    if change.version > room.presence_version + 1 or change.event is None:
        return True
    room.presence_version = change.version
    user_id = change.player.user_id
    texts = Payload([frame_text(change.event, encode(_carried_out(room, change)))])
    for socket in room.live:
        if socket.presence_version < change.version:
            socket.presence_version = change.version
            if socket.seat.user_id != user_id:
                socket.write(texts)
    return False


def _carried_out(room: Room, change: Change) -> PlayerJoined | PlayerLeft | PlayerState:
    """Change what the room knows; what its sockets are told."""
    user_id = change.player.user_id
    if change.event == "player_joined":
        room.players[user_id] = change.player
        return PlayerJoined(change.player)
    room.reconnecting.discard(user_id)
    if change.state is None:
        room.players.pop(user_id, None)
        return PlayerLeft(change.player)
    if change.state == "reconnecting":
        room.reconnecting.add(user_id)
    return PlayerState(user_id, change.state)


async def list_anew(room: Room) -> None:
    """Tell everybody who is here, as the database has it."""
    version, listed = await read(roll_call, room.session_id)
    if version < room.presence_version:
        return
    room.presence_version = version
    room.seat(listed)
    texts = Payload([frame_text("player_list", encode(listed))])
    for socket in room.live:
        socket.presence_version = version
        socket.write(texts)
