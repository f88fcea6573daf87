"""Somebody else keeps the database: `busy` or a delay, never a loss."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest

from tests.conftest import StartServer
from tests.support.table import Rooms, Table
from tests.support.talker import conversation, said

LOCK = 3.0  # seconds
BUSY = 12.0  # seconds: two tries of five each on SQLite, for one who came while another's was under way


async def test_a_sqlite_that_somebody_else_locks_delays_and_loses_nothing(start_server: StartServer) -> None:
    server = start_server("uvicorn-sqlite", ROLLSCAPE_RATE="0")
    async with Rooms(server, 1).take() as table, conversation(table) as talkers:
        await said(talkers)

        with closing(sqlite3.connect(server.data / "rollscape.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            before = [len(talker.acked) for talker in talkers]
            await asyncio.sleep(LOCK)
            assert server.get("/healthz").status == 200
            other.execute("ROLLBACK")

        assert sum(len(talker.acked) for talker in talkers) <= sum(before) + len(talkers), "nothing is acked meanwhile"
        await said(talkers)


@contextmanager
def locked(table: Table) -> Iterator[None]:
    """Somebody else keeps the database from the writer, on PostgreSQL the session's row of it."""
    if url := table.server.settings.get("DATABASE_URL"):
        with psycopg.connect(url) as other:
            other.execute("SELECT id FROM game_session WHERE id = %s FOR UPDATE", [table.session])
            yield
    else:
        with closing(sqlite3.connect(table.server.data / "rollscape.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield


@pytest.mark.parametrize("backend", ["uvicorn-sqlite", "uvicorn-postgres-redis"])
async def test_while_somebody_else_locks_it_for_long_everybody_hears_busy(
    start_server: StartServer, backend: str
) -> None:
    async with Rooms(start_server(backend, ROLLSCAPE_RATE="0"), 1).take() as table:
        alice, bob = await table.sit("alice"), await table.sit("bob")

        with locked(table):
            async with asyncio.timeout(BUSY):
                refusals = await asyncio.gather(
                    alice.refused("chat_message", {"message": "Hail!"}, "a"),
                    bob.refused("chat_message", {"message": "Hail!"}, "b"),
                )
            assert [refusal["code"] for refusal in refusals] == ["busy", "busy"]
            assert all(refusal["retry_after"] > 0 for refusal in refusals)

        acks = [await c.sends_acked("chat_message", {"message": "Hail!"}, id) for c, id in ((alice, "a"), (bob, "b"))]
        assert [(ack["seq"], ack["duplicate"]) for ack in acks] == [(1, False), (2, False)]
        assert len(table.history()["results"]) == 2
