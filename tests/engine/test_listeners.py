"""A listener of a room gets each frame once, even if its transport changes meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from game.engine.rooms.listeners import Listeners
from game.engine.sockets.transports import Payload


class Listener:
    """A socket and its transport in one, as far as Listeners knows them."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.straight: Callable[[bytes], object] | None = self.heard.append
        self.too_slow = False
        self.unsaid = b""

    @property
    def transport(self) -> Listener:
        return self

    def put(self, texts: Payload) -> bool:
        if not self.too_slow:
            self.heard.append(self.unsaid + texts.wire)
        return not self.too_slow


@pytest.fixture
def room() -> Any:
    return Listeners()


HELLO = Payload([b"hello"])


def test_a_full_buffer_turns_its_socket_in_the_middle_of_a_broadcast(room: Any) -> None:
    fast, filling, last = Listener(), Listener(), Listener()

    def fill(frame: bytes) -> None:
        filling.heard.append(frame)
        filling.straight = None
        room.turned(filling)

    filling.straight = fill
    for listener in (fast, filling, last):
        room.add(listener)

    assert room.write(HELLO) == []
    assert room.write(HELLO) == []

    assert [listener.heard for listener in (fast, filling, last)] == [[HELLO.wire] * 2] * 3


def test_who_is_behind_is_named_until_it_keeps_up_again(room: Any) -> None:
    slow = Listener()
    slow.straight, slow.too_slow = None, True
    room.add(slow)

    assert room.write(HELLO) == [slow]
    slow.straight, slow.too_slow = slow.heard.append, False
    room.turned(slow)

    assert room.write(HELLO) == []
    assert slow.heard == [HELLO.wire]


def test_who_has_left_hears_nothing_even_when_its_outlet_turns(room: Any) -> None:
    gone = Listener()
    room.add(gone)
    room.discard(gone)
    room.turned(gone)

    assert room.write(HELLO) == []
    assert gone.heard == []
    assert list(room) == []


def test_what_one_is_still_to_be_told_comes_before_the_frame_and_in_the_same_write(room: Any) -> None:
    asked, other, elsewhere = Listener(), Listener(), Listener()
    asked.unsaid = elsewhere.unsaid = b"ack"
    for listener in (asked, other):
        room.add(listener)

    assert room.write(HELLO, {asked, elsewhere}) == []

    assert [listener.heard for listener in (asked, other, elsewhere)] == [[b"ack" + HELLO.wire], [HELLO.wire], []]
