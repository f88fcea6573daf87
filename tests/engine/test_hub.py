"""Each socket gets every number once and in order, whatever the layer lost."""

import asyncio
from typing import Any

import pytest

from game.engine.log import durability, history
from game.engine.readers import read
from game.engine.rooms import hub
from game.protocol.close_codes import Close, SocketClosed
from tests.engine.conftest import StartEngine
from tests.engine.table import Guest, Table, until


async def test_everybody_hears_what_is_said_in_one_order(table: Table) -> None:
    dm, alice, bob = [await table.sit(name) for name in ("dm", "alice", "bob")]

    for number in range(5):
        alice.says("chat_message", message=f"a{number}")
        bob.says("chat_message", message=f"b{number}")
    for guest in (dm, alice, bob):
        await guest.hears(10)

    assert dm.seqs == alice.seqs == bob.seqs == list(range(1, 11))
    assert dm.heard("chat_message") == alice.heard("chat_message") == bob.heard("chat_message")


async def test_a_gap_is_filled_from_the_log_before_what_comes_after(table: Table) -> None:
    alice = await table.sit("alice")
    frames = await table.write_unheard("one", "two", "three")

    table.publish(frames[2])
    await alice.hears(3)

    assert [data["message"] for data in alice.heard("chat_message")] == ["one", "two", "three"]


async def test_repetitions_vanish(table: Table) -> None:
    alice = await table.sit("alice")
    frames = await table.write_unheard("one", "two")

    table.publish(*frames)
    table.publish(*frames)
    table.publish(frames[1])
    await alice.said("chat_message", message="three")
    await alice.hears(3)

    assert alice.seqs == [1, 2, 3]


async def test_a_slow_reader_is_closed_and_its_neighbours_hear_on(table: Table) -> None:
    alice, bob = await table.sit("alice"), await table.sit("bob")
    bob.paper.full = True

    await alice.said("chat_message", message="one")
    closed = await bob.is_closed()
    await alice.said("chat_message", message="two")
    await alice.hears(2)

    assert closed is Close.TOO_SLOW
    assert not bob.is_live
    assert alice.seqs == [1, 2]


async def test_the_poll_finds_what_nobody_announced(quick_poll: None, table: Table) -> None:
    alice = await table.sit("alice")

    await table.write_unheard("one", "two")
    await alice.hears(2)

    assert alice.seqs == [1, 2]


async def test_a_hole_in_the_log_is_not_asked_for_for_ever(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = await table.sit("alice")
    frames = await table.write_unheard("one", "two", "three")
    await read(lambda: table.session.log.filter(seq=2).delete())
    asked = []
    frames_after = history.frames_after

    def counted(session_id: int, seq: int, limit: int) -> Any:
        asked.append(seq)
        return frames_after(session_id, seq, limit)

    monkeypatch.setattr(history, "frames_after", counted)
    table.publish(frames[2])
    await alice.hears(1)
    room = alice.room
    await until(lambda: not room.repairing, "done asking")

    assert alice.seqs == [1]
    assert len(asked) <= 3


async def test_a_new_epoch_sends_everybody_to_join_again(quick_poll: None, table: Table) -> None:
    alice = await table.sit("alice")
    await alice.said("chat_message", message="one")

    await read(durability.new_epochs)
    closed = await alice.is_closed()
    back = table.guest("alice")
    joined = await back.join(since=1, epoch="of old")
    await back.said("chat_message", message="two")
    await back.hears(2)

    assert closed is Close.RESTARTING
    assert not joined["resumed"]
    assert back.closed is None


async def test_who_meets_the_new_epoch_first_is_not_shown_the_old_log(no_poll: None, table: Table) -> None:
    alice = await table.sit("alice")
    for number in range(3):
        await alice.said("chat_message", message=f"old {number}")
    await alice.hears(3)

    def restore() -> None:
        table.session.log.all().delete()
        type(table.session).objects.filter(pk=table.session.pk).update(seq=1, epoch="restored")

    await read(restore)
    bob = await table.sit("bob")
    await bob.said("chat_message", message="new")
    await bob.hears(2)

    assert await alice.is_closed() is Close.RESTARTING
    assert [data["message"] for data in bob.heard("chat_message")] == ["new"]


async def test_a_deleted_session_is_not_found_any_more(table: Table) -> None:
    alice = await table.sit("alice")

    await read(table.session.delete)

    assert await alice.is_closed() is Close.NOT_FOUND


async def test_a_room_that_everybody_left_is_forgotten(table: Table) -> None:
    alice, bob = await table.sit("alice"), await table.sit("bob")

    alice.depart()
    bob.depart()
    await until(lambda: not table.engine.hub.rooms, "forgotten")

    assert set(table.engine.hub.layer._groups) == {hub.EVERY_PROCESS}


async def test_nobody_unknown_leaves_a_room_behind(table: Table) -> None:
    guest = Guest(table.engine, 4711, table.users["dm"])

    with pytest.raises(SocketClosed) as refused:
        await guest.join()

    assert refused.value.close is Close.NOT_FOUND
    assert table.engine.hub.rooms == {}


async def test_rooms_are_one_on_all_server_processes(table: Table, start_engine: StartEngine) -> None:
    other = await start_engine()
    alice, bob = await table.sit("alice"), await table.sit("bob", engine=other)

    await asyncio.gather(*(guest.said("chat_message", message=str(n)) for n in range(5) for guest in (alice, bob)))
    await asyncio.gather(alice.hears(10), bob.hears(10))

    assert alice.seqs == bob.seqs == list(range(1, 11))
    assert alice.heard("chat_message") == bob.heard("chat_message")
    assert [data["player"]["username"] for data in alice.heard("player_joined")] == ["bob"]
