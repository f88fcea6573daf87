"""An acknowledged line is never lost, doubled or reordered: not by cut connections, not by a killed server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import pytest

from tests.conftest import StartServer
from tests.support.table import Rooms, Table
from tests.support.talker import Talker, check_log

CUTS = 100
KILLS = 5
LINES_BETWEEN = 20  # acked lines of one talker from a kill to the next
BACKENDS = ("uvicorn-sqlite", "uvicorn-postgres-redis")


@asynccontextmanager
async def conversation(table: Table) -> AsyncIterator[list[Talker]]:
    """Everybody at the table talks; afterwards everybody must have heard everything, exactly once and in order."""
    talkers = [Talker(table, name) for name in table.tokens]
    attending = [asyncio.create_task(talker.attend()) for talker in talkers]
    for talker in talkers:
        await talker.joined.wait()
    talking = [asyncio.create_task(talker.talk()) for talker in talkers]
    try:
        yield talkers
        await end(talking)
        async with asyncio.timeout(60):
            for talker in talkers:
                await talker.until_acked()
            log = table.history(query="after=0&limit=5000")["results"]
            for talker in talkers:
                await talker.until_heard(log[-1]["seq"])
        check_log(log, talkers)
    finally:
        await end([*talking, *attending])


async def end(tasks: list[asyncio.Task[None]]) -> None:
    """Cancel them; what else ended one of them is raised."""
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            raise outcome


@pytest.mark.parametrize("backend", BACKENDS)
async def test_cut_connections_cost_nothing(start_server: StartServer, backend: str) -> None:
    chance = Random(2)
    async with Rooms(start_server(backend, ROLLSCAPE_RATE="0"), 1).take() as table, conversation(table) as talkers:
        for _ in range(CUTS):
            talker = chance.choice(talkers)
            await talker.joined.wait()
            await asyncio.sleep(chance.uniform(0, 0.05))  # amid whatever is going on then
            talker.cut()


@pytest.mark.parametrize("backend", BACKENDS)
async def test_a_killed_server_loses_nothing_that_was_acked(start_server: StartServer, backend: str) -> None:
    async with Rooms(start_server(backend, ROLLSCAPE_RATE="0"), 1).take() as table, conversation(table) as talkers:
        for _ in range(KILLS):
            async with asyncio.timeout(60):
                await talkers[0].until_acked(len(talkers[0].acked) + LINES_BETWEEN)
            table.server.kill()
            await asyncio.to_thread(table.server.start)
