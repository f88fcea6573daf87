"""A room is the same on every server process."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.conftest import StartServer
from tests.support.client import Client, new_id
from tests.support.server import ServerProcess
from tests.support.table import Rooms, Table

LINES = 30
Tables = tuple[Table, Table]


@pytest.fixture(scope="module")
def rooms(start_server: StartServer) -> Rooms:
    """Unused rooms on one process."""
    return Rooms(start_server("uvicorn-postgres-redis", ROLLSCAPE_RATE="0"), 10)


@pytest.fixture(scope="module")
def neighbour(start_server: StartServer, rooms: Rooms) -> ServerProcess:
    """Another process on the same databases."""
    return start_server("uvicorn-postgres-redis", beside=rooms.server)


@pytest.fixture
async def tables(rooms: Rooms, neighbour: ServerProcess) -> AsyncIterator[Tables]:
    """One room, as it is reached through the one process and through the other."""
    async with rooms.take() as here, Table(neighbour, here.session, here.tokens) as there:
        yield here, there


async def test_what_is_said_here_is_heard_there(tables: Tables) -> None:
    here, there = tables
    dm, alice = await here.sit("dm"), await there.sit("alice")

    await dm.sends_acked("dm_narration", {"narration": "It rains."})
    heard = await alice.expect_frame("dm_narration")

    assert heard == await dm.expect_frame("dm_narration")
    assert here.history()["results"] == there.history()["results"] == [heard]


async def test_there_is_one_order_for_everybody(tables: Tables) -> None:
    here, there = tables
    dm, alice, bob = await here.sit("dm"), await there.sit("alice"), await here.sit("bob")

    async def talk(client: Client, name: str) -> None:
        for number in range(LINES):
            await client.send("chat_message", {"message": f"{name} {number}"}, new_id())

    await asyncio.gather(talk(dm, "dm"), talk(alice, "alice"), talk(bob, "bob"))

    for client in (dm, alice, bob):
        for _ in range(3 * LINES):
            await client.expect("chat_message")
    assert dm.heard("chat_message") == alice.heard("chat_message") == bob.heard("chat_message")


async def test_people_are_seen_from_both_sides(tables: Tables) -> None:
    here, there = tables
    dm = await here.sit("dm")
    alice = await there.sit("alice")
    assert (await dm.expect("player_joined"))["player"]["user_id"] == here.user_id("alice")
    assert here.info() == there.info()
    assert here.info()["player_count"] == 2
    assert len(alice.heard("player_list")[0]["data"]["players"]) == 2

    second_tab = await here.sit("alice")
    await alice.close()
    await second_tab.fence()
    assert here.info()["player_count"] == 2
    await second_tab.close()

    assert (await dm.expect("player_left"))["player"]["user_id"] == here.user_id("alice")
    assert len(dm.heard("player_left")) == len(dm.heard("player_joined")) == 1


async def test_a_key_counts_once_on_both(tables: Tables) -> None:
    here, there = tables
    one, two = await here.sit("alice"), await there.sit("alice")

    for key in map(str, range(10)):
        said = [tab.sends_acked("chat_message", {"message": "Hail!"}, id=key) for tab in (one, two)]
        acks = await asyncio.gather(*said)
        assert acks[0]["seq"] == acks[1]["seq"]
        assert sorted(ack["duplicate"] for ack in acks) == [False, True]


async def test_who_moves_over_resumes(tables: Tables) -> None:
    here, there = tables
    dm, alice = await here.sit("dm"), await here.sit("alice")
    joined = alice.heard("room_joined")[0]["data"]
    await alice.cut()
    for number in range(3):
        await dm.sends_acked("chat_message", {"message": f"line {number}"})

    back = await there.sit("alice", since=joined["seq"], epoch=joined["epoch"])

    assert [(await back.expect_frame("chat_message"))["seq"] for _ in range(3)] == [1, 2, 3]
    assert back.heard("room_joined")[0]["data"]["resumed"] is True
    assert dm.heard("player_left") == []


async def test_a_cut_line_here_is_seen_there(tables: Tables) -> None:
    here, there = tables
    dm, alice = await there.sit("dm"), await here.sit("alice")
    await dm.expect("player_joined")

    await alice.cut()
    assert (await dm.expect("player_state")) == {"user_id": here.user_id("alice"), "state": "reconnecting"}
    await there.sit("alice")

    assert (await dm.expect("player_state")) == {"user_id": here.user_id("alice"), "state": "here"}
    await dm.fence()
    assert dm.heard("player_left") == []
