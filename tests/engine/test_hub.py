"""Each socket gets every number once and in order, whatever the layer lost."""

import asyncio
import threading
from typing import Any

import pytest

from game import attendance, durability, history, hub, membership, room
from game.closing import Close, SocketClosed
from game.engine import Engine
from game.models import Membership
from game.presence import Change
from game.protocol import Player
from game.reading import read
from tests.engine.conftest import StartEngine
from tests.engine.table import Frame, Guest, Table, until


def publish(table: Table, *frames: Any, engine: Engine | None = None) -> None:
    (engine or table.engine).hub.publish(table.session.pk, list(frames))


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

    publish(table, frames[2])
    await alice.hears(3)

    assert [data["message"] for data in alice.heard("chat_message")] == ["one", "two", "three"]


async def test_repetitions_vanish(table: Table) -> None:
    alice = await table.sit("alice")
    frames = await table.write_unheard("one", "two")

    publish(table, *frames)
    publish(table, *frames)
    publish(table, frames[1])
    await alice.said("chat_message", message="three")
    await alice.hears(3)

    assert alice.seqs == [1, 2, 3]


async def test_who_comes_in_ahead_of_the_room_hears_nothing_twice(table: Table) -> None:
    alice = await table.sit("alice")
    frames = await table.write_unheard("one", "two", "three")

    bob = table.guest("bob")
    joined = await bob.join(since=0)
    publish(table, frames[0])
    await alice.hears(1)
    publish(table, *frames)
    await bob.said("chat_message", message="four")
    await asyncio.gather(alice.hears(4), bob.hears(4))

    assert joined["missed"] == 3
    assert alice.seqs == bob.seqs == [1, 2, 3, 4]


async def on_the_way_in(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> tuple[Guest, asyncio.Task[Frame], threading.Event]:
    """Alice, arrived but not told of the room before the gate is set."""
    snapshot, gate = history.snapshot, threading.Event()

    def slow(*args: Any) -> Any:
        assert gate.wait(10)
        return snapshot(*args)

    monkeypatch.setattr(history, "snapshot", slow)
    alice = table.guest("alice")
    joining = asyncio.create_task(alice.join())
    await until(lambda: alice.socket.connection_id is not None, "arrived")
    return alice, joining, gate


async def test_what_is_published_before_the_first_has_joined_comes_at_once(
    no_poll: None, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, joining, gate = await on_the_way_in(table, monkeypatch)
    publish(table, *await table.write_unheard("one", "two"))
    gate.set()
    joined = await joining
    await alice.hears(2)

    assert joined["seq"] == 0
    assert alice.seqs == [1, 2]


@pytest.mark.parametrize("ring", [2, 256])
async def test_who_comes_back_gets_the_tail_from_the_ring_or_else_from_the_log(
    table: Table, monkeypatch: pytest.MonkeyPatch, ring: int
) -> None:
    monkeypatch.setattr(room, "RING", ring)
    monkeypatch.setattr(hub, "PAGE", 2)
    alice = await table.sit("alice")
    for number in range(1, 8):
        await alice.said("chat_message", message=str(number))

    bob = table.guest("bob")
    joined = await bob.join(since=1)
    await bob.hears(7)

    assert (joined["resumed"], joined["missed"], joined["snapshot"]) == (True, 6, None)
    assert bob.seqs == [2, 3, 4, 5, 6, 7]


async def test_live_frames_wait_for_who_is_catching_up_slowly(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "PAGE_BYTES", 1)
    alice = await table.sit("alice")
    for number in range(1, 6):
        await alice.said("chat_message", message=str(number))
    bob = table.guest("bob")
    bob.paper.ready.clear()

    joining = asyncio.create_task(bob.join(since=0))
    await bob.until(lambda: bool(bob.heard("player_list")), "welcomed")
    await alice.said("chat_message", message="6")
    assert bob.seqs == []
    bob.paper.ready.set()
    await joining
    await alice.said("chat_message", message="7")
    await bob.hears(7)

    assert bob.seqs == [1, 2, 3, 4, 5, 6, 7]


async def test_joining_again_while_catching_up_starts_over_once(table: Table) -> None:
    alice = await table.sit("alice")
    for number in range(1, 4):
        await alice.said("chat_message", message=str(number))
    bob = table.guest("bob")
    bob.paper.ready.clear()

    first = asyncio.create_task(bob.join(since=0))
    await bob.until(lambda: bool(bob.heard("player_list")), "welcomed")
    again = asyncio.create_task(bob.join(since=2))
    await bob.until(lambda: len(bob.heard("player_list")) == 2, "welcomed again")
    bob.paper.ready.set()
    await asyncio.gather(first, again)
    await alice.said("chat_message", message="4")
    await bob.hears(4)

    assert bob.seqs == [3, 4]
    assert len(await table.players()) == 2


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
    publish(table, frames[2])
    await alice.hears(1)
    room = alice.socket.room
    assert room is not None
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


# Presence ------------------------------------------------------------------------------------------


async def test_coming_and_going_is_announced_once_a_user(table: Table) -> None:
    alice = await table.sit("alice")

    tab, second = await table.sit("bob"), await table.sit("bob")
    tab.depart()
    second.depart()
    await alice.until(lambda: bool(alice.heard("player_left")), "left")

    assert [data["player"]["username"] for data in alice.heard("player_joined")] == ["bob"]
    assert [data["player"]["username"] for data in alice.heard("player_left")] == ["bob"]


async def test_after_a_lost_announcement_the_whole_list_comes(table: Table) -> None:
    alice = await table.sit("alice")
    room = alice.socket.room
    assert room is not None
    lists = len(alice.heard("player_list"))

    player = Player(0, "nobody", "nobody", None, None, None, False, "player", "")
    table.engine.hub.announce(table.session.pk, Change(room.presence_version + 2, "player_joined", player))
    await alice.until(lambda: len(alice.heard("player_list")) > lists, "told the list")

    assert [player["username"] for player in alice.heard("player_list")[-1]["players"]] == ["alice"]
    assert alice.heard("player_joined") == []


async def test_a_second_tab_does_not_swallow_what_the_room_has_yet_to_hear(
    table: Table, start_engine: StartEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await start_engine()
    alice = await table.sit("alice")
    late: list[tuple[Any, ...]] = []
    monkeypatch.setattr(attendance, "changed", lambda *news: late.append(news))
    await table.sit("bob", engine=other)
    await table.sit("alice")
    monkeypatch.undo()

    for news in late:
        attendance.changed(*news)
    await alice.until(lambda: bool(alice.heard("player_joined")), "told that bob came")

    assert [data["player"]["username"] for data in alice.heard("player_joined")] == ["bob"]


async def test_rooms_are_one_on_all_server_processes(table: Table, start_engine: StartEngine) -> None:
    other = await start_engine()
    alice, bob = await table.sit("alice"), await table.sit("bob", engine=other)

    await asyncio.gather(*(guest.said("chat_message", message=str(n)) for n in range(5) for guest in (alice, bob)))
    await asyncio.gather(alice.hears(10), bob.hears(10))

    assert alice.seqs == bob.seqs == list(range(1, 11))
    assert alice.heard("chat_message") == bob.heard("chat_message")
    assert [data["player"]["username"] for data in alice.heard("player_joined")] == ["bob"]


# Rights --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("refreshed", ["before", "meanwhile"])
async def test_who_is_removed_on_the_way_in_does_not_stay(
    no_poll: None, table: Table, monkeypatch: pytest.MonkeyPatch, refreshed: str
) -> None:
    dm = await table.sit("dm")
    room = dm.socket.room
    assert room is not None
    before = room.acl_version
    alice, joining, gate = await on_the_way_in(table, monkeypatch)
    member = await read(lambda: Membership.objects.get(user=table.users["alice"]))
    await read(membership.remove_member, table.users["dm"], table.session.campaign_id, member.pk)
    if refreshed == "before":
        await until(lambda: room.acl_version > before, "taken its seats anew")
    gate.set()
    await joining

    assert await alice.is_closed() is Close.REMOVED
