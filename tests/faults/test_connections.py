"""What a server holds open of its database does not grow with what it is asked."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.conftest import StartServer
from tests.support.table import Rooms

REQUESTS = 120
ENOUGH = 12  # connections: the writer's, the readers', and those of requests under way


@pytest.mark.parametrize("backend", ["uvicorn-postgres-redis"])
async def test_requests_leave_no_database_connection_behind(start_server: StartServer, backend: str) -> None:
    server = start_server(backend, ROLLSCAPE_RATE="0")
    async with Rooms(server, 1).take() as table:
        await table.sit("dm")

        with ThreadPoolExecutor(4) as people:
            asked = [asyncio.get_running_loop().run_in_executor(people, table.history) for _ in range(REQUESTS)]
            await asyncio.gather(*asked)

        with psycopg.connect(server.settings["DATABASE_URL"]) as connection:
            row = connection.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            ).fetchone()
    assert row is not None
    assert row[0] <= ENOUGH
