"""An acknowledged line is never lost, doubled or reordered: not by cut connections, not by a killed server."""

import asyncio
from random import Random

import pytest

from tests.conftest import StartServer
from tests.support.table import Rooms
from tests.support.talker import conversation

CUTS = 100
KILLS = 5
LINES_BETWEEN = 20  # acked lines of one talker from a kill to the next
BACKENDS = ("uvicorn-sqlite", "uvicorn-postgres-redis")


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
