"""Who hears a room live, and the shortest way to all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set

from game.engine.sockets.socket import Socket
from game.engine.sockets.transports import Payload


class Listeners:
    """A set of sockets, sorted by how they are written to.

    Writing to one socket costs about as much as looking up what belongs to it, so a frame for all goes down a
    list of functions and touches nothing else of a socket. A socket whose transport has no such function,
    because its server offers none or its reader is behind, is written to through its transport.
    """

    def __init__(self) -> None:
        self._straight: dict[Socket, Callable[[bytes], object]] = {}
        self._guarded: set[Socket] = set()
        self._ways: list[Callable[[bytes], object]] = []  # of `_straight`: another list after each change

    def __contains__(self, socket: object) -> bool:
        return socket in self._straight or socket in self._guarded

    def __len__(self) -> int:
        return len(self._straight) + len(self._guarded)

    def __iter__(self) -> Iterator[Socket]:
        """Over all of them as they are now, while others come and go."""
        return iter([*self._straight, *self._guarded])

    def add(self, socket: Socket) -> None:
        """One more."""
        self.discard(socket)
        straight = socket.transport.straight
        if straight is None:
            self._guarded.add(socket)
        else:
            self._straight[socket] = straight
            self._ways = list(self._straight.values())

    def discard(self, socket: Socket) -> None:
        """One less, if it is among them."""
        if self._straight.pop(socket, None) is not None:
            self._ways = list(self._straight.values())
        self._guarded.discard(socket)

    def turned(self, socket: Socket) -> None:
        """The transport's `straight` is another one now."""
        if socket in self:
            self.add(socket)

    def write(self, texts: Payload, answered: Set[Socket] = frozenset()) -> list[Socket]:
        """Write the same to all, to the `answered` behind what they are still to be told; returns those too slow."""
        # As they are sorted now: a write that fills a buffer turns its socket at once, and must not find it again.
        ways, single, wire = self._ways, list(self._guarded), texts.wire
        apart = self._straight.keys() & answered if answered else None
        if apart:
            ways = [straight for socket, straight in self._straight.items() if socket not in apart]
            single += apart
        for straight in ways:
            straight(wire)
        return [socket for socket in single if not socket.put(texts)]
