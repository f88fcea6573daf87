"""The room's order, as a function of what comes in."""

from hypothesis import given
from hypothesis import strategies as st

from game.engine.log.frame import Frame
from game.engine.rooms.room import Room


def frames(*seqs: int) -> list[Frame]:
    return [Frame(seq, b"{}", None) for seq in seqs]


def numbers(taken: list[Frame]) -> list[int]:
    return [frame.seq for frame in taken]


def a_room(seq: int = 0) -> Room:
    room = Room(1)
    room.begin(seq, "epoch", 0)
    return room


def test_what_follows_is_taken_at_once() -> None:
    assert numbers(a_room(4).take(frames(5, 6))) == [5, 6]


def test_what_comes_early_waits_for_what_is_missing() -> None:
    room = a_room()

    assert room.take(frames(3)) == []
    assert room.gap == (0, 3)
    assert numbers(room.take(frames(1, 2))) == [1, 2, 3]
    assert room.gap is None


def test_what_is_known_vanishes() -> None:
    room = a_room(2)

    assert room.take(frames(1, 2)) == []
    assert numbers(room.take(frames(2, 3))) == [3]


def test_before_anybody_has_joined_everything_waits() -> None:
    room = Room(1)
    assert room.take(frames(5, 6, 7)) == []

    room.begin(5, "epoch", 0)

    assert numbers(room.take([])) == [6, 7]


def test_the_second_who_joins_does_not_move_the_room() -> None:
    room = a_room(3)

    room.begin(9, "epoch", 0)

    assert room.last_seq == 3


def test_the_ring_says_when_it_does_not_reach_far_enough() -> None:
    room = a_room(10)
    assert room.since(10) == room.since(11) == []
    assert room.since(9) is None

    room.take(frames(11, 12))

    assert numbers(room.since(10) or []) == [11, 12]
    assert numbers(room.since(11) or []) == [12]
    assert room.since(9) is None


def test_a_room_that_forgot_its_log_begins_anew() -> None:
    room = a_room(10)
    room.take(frames(11, 13))

    room.forget()
    room.begin(2, "another", 0)

    assert room.since(1) is None
    assert room.take([]) == []
    assert numbers(room.take(frames(3))) == [3]


@given(st.lists(st.sets(st.integers(1, 20), max_size=6).map(sorted), max_size=30))
def test_whatever_comes_in_however_often_each_number_leaves_once_and_in_order(parts: list[list[int]]) -> None:
    room = a_room()
    seen: set[int] = set()
    out: list[int] = []

    for part in parts:
        seen.update(part)
        out += numbers(room.take(frames(*part)))
        complete = next(n for n in range(1, 22) if n not in seen) - 1
        assert out == list(range(1, complete + 1))
        assert room.last_seq == complete
