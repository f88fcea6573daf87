"""One room in one server process: what it has delivered, what it waits for, and to whom it delivers."""

from __future__ import annotations

from collections import deque
from collections.abc import Set
from dataclasses import dataclass, field
from functools import partial

from game.engine.announcements import PlayerList
from game.engine.log.frame import Frame
from game.engine.rooms.listeners import Listeners
from game.engine.sockets.socket import Socket
from game.engine.sockets.transports import Payload
from game.protocol import Player

RING = 256  # recent frames kept for those who come back


@dataclass(eq=False)
class Room:
    """The room's state. `last_seq` is None until somebody who joined says where the log stands."""

    session_id: int
    last_seq: int | None = None
    sockets: set[Socket] = field(default_factory=set)  # joined, catching up or live
    outside: set[Socket] = field(default_factory=set)  # left the room; they hear only that they may not stay
    live: Listeners = field(default_factory=Listeners)  # has everything up to last_seq
    ahead: dict[Socket, int] = field(default_factory=dict)  # live, and has more than the room: up to this seq
    waiting: int = 0  # on their way in
    heard: bool = False  # the layer hands over what others publish
    ring: deque[Frame] = field(default_factory=lambda: deque(maxlen=RING))
    pending: dict[int, Frame] = field(default_factory=dict)  # came too early
    repairing: bool = False
    acl_version: int = 0
    epoch: str = ""
    presence_version: int = 0
    players: dict[int, Player] = field(default_factory=dict)
    reconnecting: set[int] = field(default_factory=set)  # those of them whose line is cut

    def begin(self, seq: int, epoch: str, acl_version: int) -> None:
        """The first who joined says where the log stands; later ones find it known."""
        if self.last_seq is None:
            self.last_seq, self.epoch, self.acl_version = seq, epoch, acl_version
            self.pending = {n: frame for n, frame in self.pending.items() if n > seq}

    def seat(self, listed: PlayerList) -> None:
        """Know who is here."""
        self.players = {player.user_id: player for player in listed.players}
        self.reconnecting = set(listed.reconnecting)

    def player_list(self) -> PlayerList:
        """Who is here, as a socket is told it."""
        return PlayerList(list(self.players.values()), sorted(self.reconnecting))

    def forget(self) -> None:
        """The log is another one now: as if nobody had joined yet."""
        self.last_seq, self.epoch = None, ""
        self.pending.clear()
        self.ring.clear()

    def take(self, frames: list[Frame]) -> list[Frame]:
        """Of these, in rising order, and of those that wait, whose turn it is; repetitions vanish, early ones wait."""
        if self.last_seq is None or self.pending or not _follow(self.last_seq, frames):
            return self._sort_in(frames)
        self.last_seq = frames[-1].seq
        self.ring.extend(frames)
        return frames

    def _sort_in(self, frames: list[Frame]) -> list[Frame]:
        for frame in frames:
            if self.last_seq is None or frame.seq > self.last_seq:
                self.pending[frame.seq] = frame
        due = []
        while self.last_seq is not None and self.last_seq + 1 in self.pending:
            self.last_seq += 1
            due.append(self.pending.pop(self.last_seq))
        self.ring.extend(due)
        return due

    @property
    def gap(self) -> tuple[int, int] | None:
        """(after, before) of the frames that are missing below those that wait."""
        if self.last_seq is None or not self.pending:
            return None
        return self.last_seq, min(self.pending)

    def since(self, seq: int) -> list[Frame] | None:
        """The frames after seq as far as delivered, None when some of them are not at hand any more."""
        if self.last_seq is None or seq >= self.last_seq:
            return []
        if not self.ring or self.ring[0].seq > seq + 1:
            return None
        return [frame for frame in self.ring if frame.seq > seq]

    def let_in(self, socket: Socket) -> None:
        """The socket hears what is delivered from now on."""
        socket.transport.turned = partial(self.live.turned, socket)
        self.live.add(socket)

    def deliver(self, frames: list[Frame], answered: Set[Socket]) -> list[Socket]:
        """Write the frames to all live sockets, `answered` as Listeners takes it; returns those too slow for them."""
        if not frames:
            return []
        plain = Payload([frame.text for frame in frames])
        if not self.ahead and all(frame.audience is None and not frame.personal for frame in frames):
            return self.live.write(plain, answered)
        variants = {tuple(plain.texts): plain}
        slow = [socket for socket in self.live if not socket.put(self._variant(socket, frames, variants))]
        self.ahead = {s: seq for s, seq in self.ahead.items() if seq > frames[-1].seq}
        return slow

    def _variant(self, socket: Socket, frames: list[Frame], made: dict[tuple[bytes, ...], Payload]) -> Payload:
        """What this socket gets of the frames; sockets that get the same share one payload."""
        has = self.ahead.get(socket, 0)
        texts: list[bytes] = []
        for frame in frames:
            if frame.seq > has:
                texts += (frame.for_seat(socket.seat), *frame.personal_for(socket.seat))
        key = tuple(texts)
        payload = made.get(key)
        if payload is None:
            payload = made[key] = Payload(key)
        return payload


def _follow(last: int, frames: list[Frame]) -> bool:
    return bool(frames) and frames[0].seq == last + 1 and frames[-1].seq == last + len(frames)
