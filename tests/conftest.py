"""What tests of a running server share. Servers live as long as the run; rooms belong to one test."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from django.conf import settings

from tests.isolation import FOLDER

pytest.register_assert_rewrite("tests.support")

from tests.support.server import Kind, ServerProcess  # noqa: E402  (after the line above, or its asserts stay mute)
from tests.support.services import PostgresServer, RedisServer  # noqa: E402
from tests.support.table import Rooms, Table  # noqa: E402

BACKENDS = ("uvicorn-sqlite", "daphne-sqlite", "uvicorn-postgres-redis")
ROOMS = 220

StartServer = Callable[..., ServerProcess]


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """`start_server(backend, **settings)`: a server of one's own, ended with the run; its log must be clean then.

    `beside` names a server on PostgreSQL and Redis whose databases the new one shares.
    """
    with ExitStack() as ends:

        @cache
        def postgres() -> PostgresServer:
            server = PostgresServer()
            ends.callback(server.stop)
            return server

        def start(backend: str, beside: ServerProcess | None = None, **settings: str) -> ServerProcess:
            if beside is not None:
                settings = beside.settings | settings
            elif backend.endswith("-postgres-redis"):
                redis = RedisServer()
                ends.callback(redis.stop)
                key = "what several server processes have in common, so that each believes the others' tokens"
                settings |= {"DATABASE_URL": postgres().database(), "REDIS_URL": redis.url, "SECRET_KEY": key}
            kind = cast(Kind, backend.partition("-")[0])
            server = ServerProcess(kind, tmp_path_factory.mktemp(backend), **settings)
            ends.callback(_end, server)
            return server

        yield start


def _end(server: ServerProcess) -> None:
    server.stop()
    assert "Traceback" not in server.log, server.log
    assert "eyJ" not in server.log, f"a token in the log:\n{server.log}"  # every JWT begins so


@pytest.fixture(scope="session", params=BACKENDS)
def rooms(request: pytest.FixtureRequest, start_server: StartServer) -> Rooms:
    """Unused rooms on one server for each backend, its limits as they are by default."""
    return Rooms(start_server(request.param), ROOMS)


@pytest.fixture(scope="session")
def server(rooms: Rooms) -> ServerProcess:
    """The server that has these rooms."""
    return rooms.server


@pytest.fixture(scope="session", params=["uvicorn-sqlite", "daphne-sqlite", "stock-sqlite"])
def unlimited_rooms(request: pytest.FixtureRequest, start_server: StartServer) -> Rooms:
    """Unused rooms on a server without a rate limit, for each way of writing to a socket."""
    return Rooms(start_server(request.param, ROLLSCAPE_RATE="0"), 10)


@pytest.fixture
async def table(rooms: Rooms) -> AsyncIterator[Table]:
    """A fresh room, nobody in it."""
    async with rooms.take() as table:
        yield table


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """The test database is a file: one in memory would be another one for each thread of the engine."""
    if not settings.DATABASE_URL:
        settings.DATABASES["default"]["TEST"]["NAME"] = str(Path(FOLDER) / "tests.sqlite3")
