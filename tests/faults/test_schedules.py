"""Any order of faults: chosen by Hypothesis, which prints the shortest one that breaks the promise."""

import asyncio
from collections.abc import Awaitable, Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.conftest import Cluster
from tests.faults.test_processes import said
from tests.support.talker import Talker, conversation

SCHEDULES = 3
Fault = Callable[[Cluster, list[Talker], int], Awaitable[None]]


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
    await asyncio.sleep(0.3)
    server.wake()


async def kill(cluster: Cluster, talkers: list[Talker], number: int) -> None:
    server = cluster.servers[number % len(cluster.servers)]
    server.kill()
    await asyncio.to_thread(server.start)


faults = st.tuples(
    st.sampled_from([cut_somebody, cut_the_database, restart_redis, nap, kill]),
    st.integers(0, 3),
    st.floats(0, 0.2),  # seconds until the next
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
def test_no_order_of_faults_breaks_the_promise(cluster: Cluster, schedule: list[tuple[Fault, int, float]]) -> None:
    async def play() -> None:
        async with conversation(*cluster.take(), until=120) as talkers:
            for fault, number, pause in schedule:
                await fault(cluster, talkers, number)
                await asyncio.sleep(pause)
            await said(talkers, 3)

    asyncio.run(play())
