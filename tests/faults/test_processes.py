"""One room over four server processes, some of which are killed, stopped, or live in another time."""

import asyncio
import time
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.faults.conftest import LEASE, Cluster
from tests.support.client import new_id
from tests.support.server import ServerProcess
from tests.support.shims import build
from tests.support.table import Table
from tests.support.talker import conversation, said

POLL = 3.0  # seconds within which what nobody announced is found; the look itself comes every 0.8 s
GONE = LEASE * 4 / 3 + 2.0  # seconds within which the people of a dead process are gone: the others look thrice a lease
ASLEEP = LEASE * 4 / 3  # seconds


def clear(*tables: Table) -> AsyncExitStack:
    """Everybody who joins these leaves in the end."""
    stack = AsyncExitStack()
    for table in tables:
        stack.push_async_exit(table)
    return stack


async def test_the_people_of_a_killed_process_are_gone_within_the_lease(cluster: Cluster) -> None:
    here, there, *_ = watched = cluster.take(*cluster.servers[:2])
    async with clear(here), conversation(*cluster.take()) as one, conversation(*cluster.take()) as two:
        dm, alice = await here.sit("dm"), await there.sit("alice")
        await dm.expect("player_joined")
        await said(one)

        there.server.kill()  # while everybody talks
        async with asyncio.timeout(GONE):
            assert (await dm.heard_of("player_left"))["player"]["user_id"] == here.user_id("alice")
        assert here.info()["player_count"] == 1
        await asyncio.to_thread(there.server.start)
        await said([*one, *two])
    assert alice.closed
    assert len(watched) == 2


async def test_what_was_committed_and_never_published_is_heard_within_the_poll(
    cluster: Cluster, tmp_path: Path
) -> None:
    trigger = tmp_path / "now"
    broken = await asyncio.to_thread(cluster.start, FAULT="die-unpublished", FAULT_FILE=str(trigger))
    here, there = cluster.take(cluster.servers[0], broken)
    async with clear(here):
        dm, alice = await here.sit("dm"), await there.sit("alice")
        await alice.sends_acked("chat_message", {"message": "before"})

        trigger.touch()
        await alice.send("chat_message", {"message": "at the last moment"}, id="a")
        async with asyncio.timeout(POLL):
            heard = await dm.expect_frame("chat_message", message="at the last moment")

        assert await alice.close_code() == 1006
        assert alice.heard("ack")[1:] == []
        back = await here.sit("alice")
        assert await back.sends_acked("chat_message", {"message": "at the last moment"}, id="a") == {
            "id": "a",
            "seq": heard["seq"],
            "duplicate": True,
        }
        assert not trigger.exists()


async def test_a_process_that_slept_past_its_lease_wakes_up_as_one_of_them(cluster: Cluster) -> None:
    sleeper = cluster.servers[2]
    here, there = cluster.take(cluster.servers[0], sleeper)
    async with clear(here, there), conversation(*cluster.take()) as talkers:
        dm, alice = await here.sit("dm"), await there.sit("alice")
        await said(talkers)

        sleeper.pause()
        try:
            asleep = asyncio.create_task(asyncio.sleep(ASLEEP))
            async with asyncio.timeout(GONE):
                await dm.heard_of("player_left")
            await said(talkers[:2], 1)  # those on other servers
            await asleep
        finally:
            sleeper.wake()
        await dm.sends_acked("chat_message", {"message": "Good morning."})

        assert await alice.close_code() == 4200
        back = await there.sit("alice", since=0)
        assert await back.expect("chat_message", message="Good morning.")
        assert await dm.expect("player_joined", player=back.heard("room_joined")[0]["data"]["player"])
        await said(talkers)


async def test_clocks_may_disagree_by_ten_minutes(cluster: Cluster, tmp_path: Path) -> None:
    clock = {"LD_PRELOAD": await asyncio.to_thread(build, "skewed", tmp_path), "ROLLSCAPE_RATE": "0"}
    early, late = await asyncio.gather(
        asyncio.to_thread(cluster.start, SKEW="-600", **clock),
        asyncio.to_thread(cluster.start, SKEW="600", **clock),
    )
    here, there, elsewhere = cluster.take(cluster.servers[0], early, late)
    async with clear(here, there, elsewhere), conversation(*cluster.take(early, late, cluster.servers[0])) as talkers:
        dm, alice, bob = await here.sit("dm"), await there.sit("alice"), await elsewhere.sit("bob")
        began = time.monotonic()

        while time.monotonic() < began + LEASE + 1.5:
            await said(talkers, 5)

        assert dm.heard("player_left") == alice.heard("player_left") == bob.heard("player_left") == []
        assert {table.info()["player_count"] for table in (here, there, elsewhere)} == {3}
        stamps = []
        for client in (dm, alice, bob):
            await client.sends_acked("chat_message", {"message": "What time is it?"}, new_id())
            stamps.append((await bob.expect("chat_message"))["timestamp"])
        assert stamps == sorted(stamps)


async def test_a_bug_closes_with_a_reference_and_hurts_nobody_else(
    cluster: Cluster, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    trigger = tmp_path / "now"
    # Not one of the cluster's, whose logs must be clean.
    server = await asyncio.to_thread(
        ServerProcess, "uvicorn", tmp_path, **cluster.settings, FAULT="bug", FAULT_FILE=str(trigger)
    )
    request.addfinalizer(server.stop)
    (table,) = cluster.take(server)
    async with clear(table):
        alice, bob = await table.sit("alice"), await table.sit("bob")

        trigger.touch()
        await alice.send("chat_message", {"message": "Hail!"}, id="a")

        assert await alice.close_code() == 4500
        assert alice.close_reason == "Server error"
        assert (await bob.sends_acked("chat_message", {"message": "Still here."}))["seq"] == 1
        assert "a command met a bug; reference " in server.log
