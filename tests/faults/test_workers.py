"""WORKERS=n: several processes behind one port, which behave as one."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from tests.faults.conftest import Cluster
from tests.faults.test_processes import clear
from tests.support.client import Client
from tests.support.server import ServerProcess
from tests.support.talker import conversation, said
from tests.support.waiting import soon

WORKERS = 3
BURST, RATE = 30, 10  # the limits as they are by default
PACE = 0.25  # seconds between two lines: within the rate
TABS = 8


@pytest.fixture(scope="module")
def group(cluster: Cluster) -> Iterator[ServerProcess]:
    """Three processes on one port, with the limits as they are by default."""
    server = cluster.start(WORKERS=str(WORKERS))
    yield server
    server.stop()


def children(server: ServerProcess) -> set[int]:
    """The ids of the workers."""
    listed = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    return {int(pid) for pid in listed.split() if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()}


async def answers(client: Client, number: int) -> list[str]:
    """What answers so many pings at once: `pong` or the code of an error."""
    for _ in range(number):
        await client.send("ping", {"timestamp": 0})
    frames = [await client.expect_any("pong", "error") for _ in range(number)]
    return [frame["data"].get("code", "pong") for frame in frames]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"WORKERS": "2"}, "WORKERS=2 needs PostgreSQL and Redis: set DATABASE_URL and REDIS_URL."),
        ({"WORKERS": "1.5"}, "WORKERS must be a whole number of server processes, not 1.5."),
    ],
)
def test_what_cannot_be_is_said_at_the_start(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    status, output = ServerProcess.refused(tmp_path, **settings)

    assert status == 1
    assert said in output
    assert not list((tmp_path / "data").glob("*.sqlite3"))


def test_a_port_that_is_taken_is_not_shared(cluster: Cluster, group: ServerProcess, tmp_path: Path) -> None:
    status, output = ServerProcess.refused(tmp_path, **cluster.settings, WORKERS="2", PORT=str(group.port))

    assert status == 1
    assert f"RollScape can't listen on port {group.port} of 127.0.0.1: Address already in use." in output


async def test_the_allowance_is_one_for_all_processes(cluster: Cluster, group: ServerProcess) -> None:
    (table,) = cluster.take(group)
    async with clear(table):
        tabs = [await table.sit("alice") for _ in range(TABS)]
        bob = await table.sit("bob")
        began = asyncio.get_running_loop().time()

        heard = Counter(chain(*await asyncio.gather(*(answers(tab, 20) for tab in tabs))))

        took = asyncio.get_running_loop().time() - began
        assert set(heard) == {"pong", "rate_limited"}
        assert heard["pong"] <= BURST + RATE * took + 1
        assert set(await answers(bob, 20)) == {"pong"}


async def test_who_left_the_room_hears_at_once_that_he_may_not_stay(cluster: Cluster, group: ServerProcess) -> None:
    (table,) = cluster.take(group)
    async with clear(table):
        tabs = [await table.sit("bob") for _ in range(TABS)]
        for tab in tabs:
            await tab.send("leave_room")
            await tab.expect("room_left")

        remove = (
            "from game.campaign.models import Membership;"
            f"Membership.objects.get(campaign__sessions={table.session}, user_id={table.user_id('bob')}).delete()"
        )
        await asyncio.to_thread(group.shell, remove)

        assert {await tab.close_code() for tab in tabs} == {4003}


async def test_a_deleted_account_is_seen_to_leave(cluster: Cluster, group: ServerProcess) -> None:
    (table,) = cluster.take(group)
    async with clear(table):
        dm, alice = await table.sit("dm"), await table.sit("alice")

        delete = f"from accounts.models import User; User.objects.get(pk={table.user_id('alice')}).delete()"
        await asyncio.to_thread(group.shell, delete)

        assert (await dm.expect("player_left"))["player"]["user_id"] == table.user_id("alice")
        assert await alice.close_code() == 4001
        await dm.fence()
        assert len(dm.heard("player_left")) == 1
        assert table.info()["player_count"] == 1


async def test_a_dead_worker_is_replaced(cluster: Cluster, group: ServerProcess) -> None:
    before = children(group)
    assert len(before) == WORKERS
    async with conversation(*cluster.take(group), pace=PACE) as talkers:
        await said(talkers, 3)

        for pid in before:
            await asyncio.to_thread(group.kill_worker, pid)
        await said(talkers, 3)

    await soon(lambda: len(children(group)) == WORKERS and not children(group) & before, "replaced")


async def test_a_rolling_restart_under_load_loses_nothing(cluster: Cluster, group: ServerProcess) -> None:
    before = children(group)
    async with (
        conversation(*cluster.take(group), pace=PACE) as one,
        conversation(*cluster.take(group), pace=PACE) as two,
    ):
        await said([*one, *two], 3)

        group.hang_up()
        await soon(lambda: len(children(group)) == WORKERS and not children(group) & before, "renewed", 90)
        await said([*one, *two], 3)

        closes = [code for talker in (*one, *two) for code in talker.closes]
        hints = [after for talker in (*one, *two) for after in talker.hints]
        assert set(closes) == {4200}
        assert len(hints) == len(closes) >= len(one) + len(two)
        assert len(set(hints)) > 1, "all were asked to come back at the same moment"
