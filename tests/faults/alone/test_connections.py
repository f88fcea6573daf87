"""What a server holds open of its database does not grow with what it is asked."""

import asyncio
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial

import psycopg
import pytest

from tests.conftest import StartServer
from tests.support.server import ServerProcess
from tests.support.table import Rooms
from tests.support.waiting import soon
from tests.support.web import Browser

REQUESTS = 120
AT_ONCE = 40
POOL = 10  # connections that requests share
ENOUGH = POOL + 6  # connections: those that requests share, the writer's, the readers' and the one of /readyz
LINES = 3000  # more of them than the kernels keep for a client that does not read


@pytest.fixture(scope="module")
def rooms(start_server: StartServer) -> Rooms:
    """Unused rooms on a server with PostgreSQL."""
    return Rooms(start_server("uvicorn-postgres-redis", ROLLSCAPE_RATE="0"), 4)


@pytest.fixture
def database(rooms: Rooms) -> Iterator[psycopg.Connection]:
    """A look at it from outside."""
    with psycopg.connect(rooms.server.settings["DATABASE_URL"], autocommit=True) as database:
        yield database


def held(database: psycopg.Connection, condition: str = "true") -> int:
    """Connections of the server."""
    count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    row = database.execute(f"{count} AND {condition}".encode()).fetchone()
    assert row is not None
    return int(row[0])


async def test_requests_leave_no_database_connection_behind(rooms: Rooms, database: psycopg.Connection) -> None:
    async with rooms.take() as table:
        await table.sit("dm")

        with ThreadPoolExecutor(4) as people:
            asked = [asyncio.get_running_loop().run_in_executor(people, table.history) for _ in range(REQUESTS)]
            await asyncio.gather(*asked)

        assert held(database) <= ENOUGH


async def test_requests_that_all_come_at_once_take_turns_and_nobody_who_plays_waits_for_them(
    rooms: Rooms, database: psycopg.Connection
) -> None:
    async with rooms.take() as table:
        dm, alice = await table.sit("dm"), await table.sit("alice")
        with ThreadPoolExecutor(AT_ONCE) as people:
            with psycopg.connect(rooms.server.settings["DATABASE_URL"]) as other:
                other.execute("LOCK TABLE accounts_user")  # so that each request stands still with its connection
                asked = [asyncio.get_running_loop().run_in_executor(people, table.history) for _ in range(AT_ONCE)]
                await soon(lambda: held(database, "wait_event_type = 'Lock'") >= POOL, "all there are wait")

                await dm.sends_acked("dm_narration", {"narration": "Time stands still."})
                await alice.expect("dm_narration")

                assert held(database) <= ENOUGH + 1  # and the other one
            pages = await asyncio.gather(*asked)
    assert all(len(page["results"]) == 1 for page in pages)


async def test_who_waits_in_vain_for_a_connection_is_asked_to_come_again(
    rooms: Rooms, database: psycopg.Connection
) -> None:
    server = rooms.server
    browser = Browser(server.port)
    dm = rooms.demo["users"]["dm"]
    browser.sign_in(dm["username"], dm["password"])
    async with rooms.take() as table:
        with ThreadPoolExecutor(AT_ONCE) as people, ExitStack() as lock:
            other = lock.enter_context(psycopg.connect(server.settings["DATABASE_URL"]))
            other.execute("LOCK TABLE accounts_user")
            ask = partial(asyncio.get_running_loop().run_in_executor, people)
            asked = [ask(table.history) for _ in range(POOL)]
            await soon(lambda: held(database, "wait_event_type = 'Lock'") >= POOL, "all there are wait")

            path = f"/api/sessions/{table.session}/events/"
            rest, page = await asyncio.gather(
                ask(lambda: server.get(path, token=table.tokens["dm"])), ask(lambda: browser.get("/lobby/"))
            )
            lock.close()
            await asyncio.gather(*asked)

        assert (rest.status, page.status) == (503, 503)
        assert int(rest.headers["Retry-After"]) == int(page.headers["Retry-After"]) > 0
        assert "busy" in rest.json["detail"]
        assert page.headers["Content-Type"].startswith("text/html")
        assert b"then reload the page" in page.body
        assert server.get(path, token=table.tokens["dm"]).status == 200
        assert "ERROR django.request: 503 GET lobby/" in server.log


def ask_and_never_read(server: ServerProcess, path: str, token: str) -> socket.socket:
    asked = socket.socket()
    asked.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    asked.connect(("127.0.0.1", server.port))
    asked.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
    return asked


async def test_who_never_reads_an_answer_keeps_no_connection(rooms: Rooms, database: psycopg.Connection) -> None:
    async with rooms.take() as table:
        database.execute(
            "INSERT INTO game_logentry (session_id, seq, event, data, created_at)"
            " SELECT %s, n, 'chat_message', json_build_object('message', repeat('x', 1900))::text, now()"
            " FROM generate_series(1, %s) AS n",
            [table.session, LINES],
        )
        path = f"/api/sessions/{table.session}/events/?limit={LINES}"
        with ExitStack() as readers:
            for _ in range(AT_ONCE):
                readers.enter_context(ask_and_never_read(table.server, path, table.tokens["dm"]))
            asked = f"query LIKE '%{table.session}%LIMIT {LINES + 1}%'"
            await soon(lambda: held(database, f"state = 'active' AND {asked}") == 0, "none is being answered")

            assert (await asyncio.to_thread(table.history, query="limit=1"))["results"]
            assert held(database) <= ENOUGH
