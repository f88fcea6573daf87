"""Behind PgBouncer in transaction mode RollScape starts and plays, with one setting."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.support.server import ServerProcess
from tests.support.services import PgBouncer, PostgresServer
from tests.support.table import Rooms

LINES = 40  # more than it takes until a statement would be prepared


@pytest.fixture(scope="module")
def pooler() -> Iterator[PgBouncer]:
    postgres = PostgresServer()
    folder = Path(tempfile.mkdtemp(prefix="rollscape-pgbouncer-"))
    pooler = PgBouncer(postgres.database(), folder)
    yield pooler
    pooler.stop()
    postgres.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def server(pooler: PgBouncer, start_server: StartServer) -> ServerProcess:
    return start_server("uvicorn", DATABASE_URL=pooler.url, ROLLSCAPE_PGBOUNCER="1", ROLLSCAPE_RATE="0")


async def test_a_table_plays_and_comes_back(server: ServerProcess) -> None:
    async with Rooms(server, 1).take() as table:
        dm, alice, bob = await table.sit_all()
        await asyncio.gather(
            *(one.sends_acked("dice_roll", {"formula": "2d6"}) for one in (dm, alice, bob) for _ in range(LINES))
        )
        await alice.close()

        await table.sit("alice", since=0, epoch="another")

        pages = await asyncio.gather(*(asyncio.to_thread(table.history, query="limit=500") for _ in range(20)))
        assert all(len(page["results"]) >= 3 * LINES for page in pages)
        assert server.get("/readyz").status == 200
