"""The rooms of this server process, and how they stay true to the log.

One channel hears all rooms. A room knows the seq it has delivered; whatever comes later than the next one waits
until the log has filled the gap, so that each socket gets every number once and in order, whatever the layer lost.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec
from channels.layers import get_channel_layer
from msgspec import Struct

from game.engine.announcements import PlayerList
from game.engine.counters import counters
from game.engine.log import history
from game.engine.log.frame import Frame, Packed
from game.engine.presence.roster import Change, players_in
from game.engine.readers import AWAY, read
from game.engine.rooms import passing, player_list
from game.engine.rooms.addressed import Addressing
from game.engine.rooms.catching_up import bring_up
from game.engine.rooms.doors import Doors, group_name
from game.engine.rooms.passing import Coalescer, Passing
from game.engine.rooms.room import Room
from game.engine.seats import reseat
from game.engine.sockets.socket import Socket
from game.protocol import Addressed, Player, Said, encode, frame_text
from game.protocol.close_codes import Close

log = logging.getLogger("rollscape.hub")

PAGE = 100  # frames read from the log at once, to fill a gap
EVERY_PROCESS = "processes"  # the group that all hubs hear

Message = dict[str, Any]


class Hub:
    """All rooms that have a socket here."""

    def __init__(self) -> None:
        self.layer: Any = get_channel_layer()
        self.doors = Doors(self.layer)
        self.rooms = self.doors.rooms
        self.answered: set[Socket] = set()  # their acks leave with the events that are published next
        self._tasks: set[asyncio.Task[None]] = set()
        self._coalescer = Coalescer(self._post)
        self._addressing = Addressing(self._sockets_of, self._post)
        self._heard: dict[str, Callable[[Room, Message], None]] = {
            "room.frames": self._hear_frames,
            "room.presence": self._hear_presence,
            "room.shared": self._hear_shared,
            "room.passing": lambda room, message: passing.deliver(room, Passing.of(message)),
            "room.addressed": lambda room, message: self._addressing.asked(message),
            "room.handed_over": lambda room, message: self._addressing.answered(message),
        }

    async def start(self) -> None:
        """Begin to hear the layer."""
        self.doors.channel = await self.layer.listen(self.hear)
        await self.layer.group_add(EVERY_PROCESS, self.doors.channel)

    def stop(self) -> None:
        """End everything that runs beside."""
        for task in self._tasks:
            task.cancel()

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run it beside; what it raises is logged. Without the database, the next sweep tries again."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, AWAY):
            log.warning("the database does not answer: %s", type(error).__name__)
        elif error is not None:
            log.error("a task of the hub failed", exc_info=error)

    def sockets(self) -> list[Socket]:
        """All who are in a room here."""
        return [socket for room in self.rooms.values() for socket in room.sockets]

    def _sockets_of(self, session_id: int) -> list[Socket]:
        room = self.rooms.get(session_id)
        return [] if room is None else list(room.sockets)

    def everybody(self) -> list[Socket]:
        """Those who left their room but kept their socket too."""
        return [socket for room in self.rooms.values() for socket in (*room.sockets, *room.outside)]

    # Coming and going ------------------------------------------------------------------------------

    def take_in(self, room: Room, socket: Socket, listed: PlayerList, presence_version: int) -> None:
        """The socket is in the room, and what it was told holds up to `presence_version`."""
        # Where there are others, the room goes on from what they were told, or they would miss what lies between.
        if room.sockets <= {socket} and presence_version >= room.presence_version:
            room.presence_version = presence_version
            room.seat(listed)
        socket.joined = True
        socket.presence_version = presence_version
        room.sockets.add(socket)
        room.outside.discard(socket)
        if socket.seat.acl_version < room.acl_version:  # a change of rights overtook it on its way in
            self.spawn(self.refresh(room))
        self._deliver(room, [])  # what was published before the room knew where the log stands

    def pause(self, socket: Socket) -> None:
        """Nothing of the log for this one until it is brought up again."""
        if socket.catching_up is not None:
            socket.catching_up.cancel()
            socket.catching_up = None
        room = self.rooms.get(socket.session_id)
        if room is not None:
            room.live.discard(socket)
            room.ahead.pop(socket, None)

    def put_out(self, socket: Socket, *, stays: bool = False) -> None:
        """The socket is not in its room any more; it may stay open."""
        room = self.rooms.get(socket.session_id)
        if room is None:
            return
        self.pause(socket)
        room.sockets.discard(socket)
        room.outside.discard(socket)
        if stays:
            room.outside.add(socket)
        socket.joined = False
        self.spawn(self.doors.close_if_empty(room))

    def dissolve(self, room: Room, close: Close) -> None:
        """Close everybody in the room, whose log is gone or another one now."""
        for socket in [*room.sockets, *(room.outside if close is Close.NOT_FOUND else ())]:
            self.put_out(socket)
            socket.close(close)
        room.forget()

    def bring_up(self, room: Room, socket: Socket, cursor: int) -> None:
        """Write what follows `cursor`, at the pace of its reader, and let it hear the rest live."""
        socket.catching_up = self.spawn(bring_up(room, socket, cursor))

    # What was committed ----------------------------------------------------------------------------

    def publish(self, session_id: int, frames: list[Packed]) -> None:
        """Send committed frames, in the order of their seq, to the room on every server process."""
        self.layer.post(group_name(session_id), {"type": "room.frames", "session": session_id, "frames": frames})

    def published(self) -> None:
        """All of a batch is on its way."""
        answered = list(self.answered)
        self.answered.clear()
        for socket in answered:
            socket.say_unsaid()

    def announce(self, session_id: int, change: Change) -> None:
        """Tell the room on every server process who came, left or changed."""
        self._post(player_list.message(session_id, change))

    def share(self, session_id: int, user_id: int) -> None:
        """Tell the user's other processes that what they say is counted for all of them."""
        self._post({"type": "room.shared", "session": session_id, "user": user_id})

    def say(
        self, session_id: int, said: Said[Struct], sender: int = 0, newest_of: tuple[str, ...] | None = None
    ) -> None:
        """Say what is not stored to the room on every server process. `sender`: a user's id, 0 for the server itself;
        `newest_of` as in `passing`.
        """
        self._coalescer.say(passing.message(session_id, said, sender, newest_of))

    async def hand_over(self, session_id: int, event: str, addressed: Addressed[Struct]) -> None:
        """Say what is not stored to one connection; raises NotFound or Busy."""
        text = frame_text(event, encode(addressed.data))
        await self._addressing.hand_over(session_id, addressed.connection_id, text)

    def _post(self, message: Message) -> None:
        self.layer.post(group_name(message["session"]), message)

    # What the layer brings --------------------------------------------------------------------------

    def hear(self, message: Message) -> None:
        """One message of the layer, from here or from another process."""
        if message["type"] == "sessions.changed":
            for changed in filter(None, map(self.rooms.get, message["sessions"])):
                self.spawn(self.refresh(changed))
                self.spawn(self.repair(changed, "change"))
            return
        room = self.rooms.get(message["session"])
        if room is not None:
            self._heard[message["type"]](room, message)

    def _hear_frames(self, room: Room, message: Message) -> None:
        self._deliver(room, [Frame.of(packed) for packed in message["frames"]])

    def _hear_presence(self, room: Room, message: Message) -> None:
        player = msgspec.json.decode(message["player"], type=Player)
        if player_list.changed(room, Change(message["version"], message["event"], player, message["state"])):
            self.spawn(player_list.list_anew(room))

    def _hear_shared(self, room: Room, message: Message) -> None:
        for socket in (*room.sockets, *room.outside):
            if socket.identity.user_id == message["user"]:
                socket.share_limits()

    def _deliver(self, room: Room, frames: list[Frame]) -> None:
        due = room.take(frames)
        counters.delivered += len(due) * len(room.live)
        for socket in room.deliver(due, self.answered):
            self.pause(socket)
            socket.close(Close.TOO_SLOW)
        if room.gap is not None and not room.repairing:
            self.spawn(self.repair(room, "gap"))

    async def repair(self, room: Room, found_by: str) -> None:
        """Fill the gap from the log, and go on to its end."""
        if room.repairing:
            return
        room.repairing = True
        try:
            after = -1
            while room.last_seq is not None and room.last_seq > after:
                after = room.last_seq
                frames = await read(history.frames_after, room.session_id, after, PAGE)
                if room.last_seq is not None:  # not dissolved meanwhile
                    counters.repaired[found_by] += sum(frame.seq > room.last_seq for frame in frames)
                    self._deliver(room, frames)
        finally:
            room.repairing = False

    # Rights ----------------------------------------------------------------------------------------

    async def refresh(self, room: Room) -> None:
        """Take every seat in the room anew; who has none any more is closed."""
        sockets = [*room.sockets, *room.outside]
        seats = await read(reseat, room.session_id, [socket.claim for socket in sockets])
        for socket, seat in zip(sockets, seats, strict=True):
            if isinstance(seat, Close):
                self.pause(socket)  # from this moment on it hears nothing more of the room
                socket.close(seat)
            elif seat.acl_version >= socket.seat.acl_version:
                socket.seat = seat
                room.acl_version = max(room.acl_version, seat.acl_version)
        if any(s.seat.acl_version < room.acl_version and s.closing is None for s in room.sockets):
            self.spawn(self.refresh(room))  # somebody came in meanwhile, with a seat from before
        players = await read(players_in, room.session_id)
        if any(room.players.get(player.user_id, player) != player for player in players):
            await player_list.list_anew(room)
