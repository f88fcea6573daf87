"""Any order of faults: chosen by Hypothesis, which prints the shortest one that breaks the promise."""

import asyncio
from collections.abc import Awaitable, Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.conftest import Cluster
from tests.support.talker import Talker, conversation, end, said

SCHEDULES = 3
Fault = Callable[[Cluster, list[Talker], int], Awaitable[None]]


async def progress(talkers: list[Talker], lines: int) -> None:
    """Return when that many more lines are acked, no matter whose."""
    enough = sum(len(talker.acked) for talker in talkers) + lines
    while sum(len(talker.acked) for talker in talkers) < enough:
        waits = [asyncio.create_task(talker.until_acked(len(talker.acked) + 1)) for talker in talkers]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED, timeout=60)
        await end(waits)


async def cut_somebody(cluster: Cluster, talkers: list[Talker], number: int) -> None:
    talkers[number % len(talkers)].cut()


async def cut_the_database(cluster: Cluster, talkers: list[Talker], number: int) -> None:
    await asyncio.to_thread(cluster.postgres.cut_all, cluster.settings["DATABASE_URL"])


async def restart_redis(cluster: Cluster, talkers: list[Talker], number: int) -> None:
    cluster.redis.stop()
    await asyncio.to_thread(cluster.redis.start)


async def nap(cluster: Cluster, talkers: list[Talker], number: int) -> None:
    server = cluster.servers[number % len(cluster.servers)]
    server.pause()
    await progress(talkers, 5)  # of those who are elsewhere
    server.wake()


async def kill(cluster: Cluster, talkers: list[Talker], number: int) -> None:
    server = cluster.servers[number % len(cluster.servers)]
    server.kill()
    await asyncio.to_thread(server.start)


faults = st.tuples(
    st.sampled_from([cut_somebody, cut_the_database, restart_redis, nap, kill]),
    st.integers(0, 3),
    st.integers(0, 6),  # lines until the next
)


# No shrinking: what a schedule meets depends on the moment too, and each try costs seconds.
@settings(
    max_examples=SCHEDULES,
    deadline=None,
    phases=["explicit", "generate"],  # type: ignore[list-item]
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(faults, min_size=3, max_size=6))
def test_no_order_of_faults_breaks_the_promise(cluster: Cluster, schedule: list[tuple[Fault, int, int]]) -> None:
    async def play() -> None:
        async with conversation(*cluster.take(), until=120) as talkers:
            for fault, number, lines in schedule:
                await fault(cluster, talkers, number)
                await progress(talkers, lines)
            await said(talkers, 3)

    asyncio.run(play())
