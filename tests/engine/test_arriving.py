"""Who comes in hears the room from one moment on: nothing before it twice, nothing after it missed."""

import asyncio
import threading
from typing import Any

import pytest

from game.campaign import membership
from game.campaign.models import Membership
from game.engine import joining
from game.engine.readers import read
from game.engine.rooms import catching_up, room
from game.engine.snapshot import snapshot
from game.protocol.close_codes import Close
from tests.engine.table import Frame, Guest, Table, until


async def on_the_way_in(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> tuple[Guest, asyncio.Task[Frame], threading.Event]:
    """Alice, arrived but not told of the room before the gate is set."""
    gate = threading.Event()

    def slow(*args: Any) -> Any:
        assert gate.wait(10)
        return snapshot(*args)

    monkeypatch.setattr(joining, "snapshot", slow)
    alice = table.guest("alice")
    arriving = asyncio.create_task(alice.join())
    await until(lambda: alice.socket.connection_id is not None, "arrived")
    return alice, arriving, gate


async def test_what_is_published_before_the_first_has_joined_comes_at_once(
    no_poll: None, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, arriving, gate = await on_the_way_in(table, monkeypatch)
    table.publish(*await table.write_unheard("one", "two"))
    gate.set()
    joined = await arriving
    await alice.hears(2)

    assert joined["seq"] == 0
    assert alice.seqs == [1, 2]


async def test_who_comes_in_ahead_of_the_room_hears_nothing_twice(table: Table) -> None:
    alice = await table.sit("alice")
    frames = await table.write_unheard("one", "two", "three")

    bob = table.guest("bob")
    joined = await bob.join(since=0)
    table.publish(frames[0])
    await alice.hears(1)
    table.publish(*frames)
    await bob.said("chat_message", message="four")
    await asyncio.gather(alice.hears(4), bob.hears(4))

    assert joined["missed"] == 3
    assert alice.seqs == bob.seqs == [1, 2, 3, 4]


@pytest.mark.parametrize("ring", [2, 256])
async def test_who_comes_back_gets_the_tail_from_the_ring_or_else_from_the_log(
    table: Table, monkeypatch: pytest.MonkeyPatch, ring: int
) -> None:
    monkeypatch.setattr(room, "RING", ring)
    monkeypatch.setattr(catching_up, "PAGE", 2)
    alice = await table.sit("alice")
    for number in range(1, 8):
        await alice.said("chat_message", message=str(number))

    bob = table.guest("bob")
    joined = await bob.join(since=1)
    await bob.hears(7)

    assert (joined["resumed"], joined["missed"], joined["snapshot"]) == (True, 6, None)
    assert bob.seqs == [2, 3, 4, 5, 6, 7]


async def test_live_frames_wait_for_who_is_catching_up_slowly(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching_up, "PAGE_BYTES", 1)
    alice = await table.sit("alice")
    for number in range(1, 6):
        await alice.said("chat_message", message=str(number))
    bob = table.guest("bob")
    bob.paper.ready.clear()

    arriving = asyncio.create_task(bob.join(since=0))
    await bob.until(lambda: bool(bob.heard("player_list")), "welcomed")
    await alice.said("chat_message", message="6")
    assert bob.seqs == []
    bob.paper.ready.set()
    await arriving
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


@pytest.mark.parametrize("refreshed", ["before", "meanwhile"])
async def test_who_is_removed_on_the_way_in_does_not_stay(
    no_poll: None, table: Table, monkeypatch: pytest.MonkeyPatch, refreshed: str
) -> None:
    dm = await table.sit("dm")
    room = dm.room
    before = room.acl_version
    alice, arriving, gate = await on_the_way_in(table, monkeypatch)
    member = await read(lambda: Membership.objects.get(user=table.users["alice"]))
    await read(membership.remove_member, table.users["dm"], table.session.campaign_id, member.pk)
    if refreshed == "before":
        await until(lambda: room.acl_version > before, "taken its seats anew")
    gate.set()
    await arriving

    assert await alice.is_closed() is Close.REMOVED
