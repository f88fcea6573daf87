"""The database goes away: `busy` or a delay, never a loss."""

import asyncio

from tests.faults.conftest import Cluster
from tests.support.talker import conversation, said
from tests.support.waiting import soon


async def test_a_crashed_postgresql_and_cut_connections_lose_nothing(cluster: Cluster) -> None:
    async with (
        conversation(*cluster.take(), until=120) as one,
        conversation(*cluster.take(), until=120) as two,
    ):
        await said([*one, *two])

        await asyncio.to_thread(cluster.postgres.crash)
        await soon(lambda: cluster.servers[0].get("/readyz").status == 503, "readiness is refused")
        failed = cluster.servers[0].get("/readyz").json["failed"]
        await asyncio.to_thread(cluster.postgres.start)
        await said([*one, *two])
        for _ in range(3):
            await asyncio.to_thread(cluster.postgres.cut_all, cluster.settings["DATABASE_URL"])
            await said([*one, *two], 3)

        assert failed == ["database"]
    await soon(lambda: all(server.get("/readyz").status == 200 for server in cluster.servers), "all are ready again")
