"""One room in one server process: what it has delivered, what it waits for, and to whom it delivers."""

from __future__ import annotations

from collections import deque
from collections.abc import Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import Struct

from game.engine.log import audience
from game.engine.log.audience import Audience
from game.engine.rooms.listeners import Listeners
from game.engine.sockets.transports import Texts
from game.protocol import Player, skip_text

if TYPE_CHECKING:
    from game.engine.sockets.socket import Socket

RING = 256  # recent frames kept for those who come back

Packed = tuple[int, bytes, str | None]  # seq, the frame's JSON, the audience as stored


class Frame(Struct, frozen=True, gc=False):
    """A stored event, ready to send to whoever may see it. The collector need not walk the rings full of them."""

    seq: int
    text: bytes
    audience: Audience | None

    @classmethod
    def of(cls, packed: Packed) -> Frame:
        """From its form on the layer."""
        seq, text, seen_by = packed
        return cls(seq, text, audience.restored(seen_by))

    def for_socket(self, socket: Socket) -> bytes:
        """The frame as its user may see it, or `skip`. Nothing reaches a socket but through here."""
        seen = audience.shown(self.text, self.audience, socket.seat.user_id, socket.seat.role)
        return skip_text(self.seq) if seen is None else seen


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

    def begin(self, seq: int, epoch: str, acl_version: int) -> None:
        """The first who joined says where the log stands; later ones find it known."""
        if self.last_seq is None:
            self.last_seq, self.epoch, self.acl_version = seq, epoch, acl_version
            self.pending = {n: frame for n, frame in self.pending.items() if n > seq}

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

    def deliver(self, frames: list[Frame], answered: Set[Socket]) -> list[Socket]:
        """Write the frames to all live sockets, `answered` as Listeners takes it; returns those too slow for them."""
        if not frames:
            return []
        plain = Texts([frame.text for frame in frames])
        if not self.ahead and all(frame.audience is None for frame in frames):
            return self.live.write(plain, answered)
        slow = [socket for socket in self.live if not socket.put(self._variant(socket, frames, plain))]
        self.ahead = {s: seq for s, seq in self.ahead.items() if seq > frames[-1].seq}
        return slow

    def _variant(self, socket: Socket, frames: list[Frame], plain: Texts) -> Texts:
        has = self.ahead.get(socket, 0)
        texts = [frame.for_socket(socket) for frame in frames if frame.seq > has]
        return plain if texts == plain.texts else Texts(texts)


def _follow(last: int, frames: list[Frame]) -> bool:
    return bool(frames) and frames[0].seq == last + 1 and frames[-1].seq == last + len(frames)
