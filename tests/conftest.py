"""What tests of a running server share. Servers live as long as the run; rooms belong to one test."""

import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from django.conf import settings
from xdist.scheduler import LoadFileScheduling

from tests.isolation import FOLDER, SLOW

pytest.register_assert_rewrite("tests.support")

from tests.support.server import Kind, ServerProcess  # noqa: E402  (after the line above, or its asserts stay mute)
from tests.support.services import PostgresServer, RedisServer  # noqa: E402
from tests.support.table import Rooms, Table  # noqa: E402

BACKENDS = ("uvicorn-sqlite", "daphne-sqlite", "uvicorn-postgres-redis")
ROOMS = 260  # more than there are tests that take one
# Begun first, so that no worker is left alone with one of them in the end.
SLOWEST = (
    "tests/faults/test_",
    "tests/browser/",
    "tests/faults/alone/",
    "tests/ops/test_backup.py",
    "tests/contract/",
    "tests/dice/test_",
    "tests/roll_tables/test_events.py",
    "tests/ops/",
)
SLOW_LIMIT = 600  # seconds, for tests that have 120 otherwise
TOKEN = re.compile(r"eyJ[\w-]{12}")  # every JWT begins so, and no password of the demo's is as long

StartServer = Callable[..., ServerProcess]


class ByFile(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """A file goes to one worker, and all right in tests/faults to one, since they share four processes."""

    def _split_scope(self, nodeid: str) -> str:
        return "tests/faults" if nodeid.startswith("tests/faults/test_") else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """See SLOWEST."""
    config.option.loadscopereorder = False  # the files with most tests first are not the longest
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """See SLOWEST. Faults that last as long as in earnest have their time."""
    for item in items:
        if SLOW and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(SLOW_LIMIT))
    items.sort(key=lambda item: next((n for n, part in enumerate(SLOWEST) if item.nodeid.startswith(part)), 99))


@pytest.fixture(scope="session")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartServer]:
    """`start_server(backend, **settings)`: a separate server, stopped with the run; its log must be clean then.

    `beside` names a server on PostgreSQL and Redis whose databases the new one shares.
    """
    with ExitStack() as ends:

        @cache
        def postgres() -> PostgresServer:
            server = PostgresServer()
            ends.callback(server.stop)
            return server

        @cache
        def laid() -> Path:
            """The data of a server that has been started once: its tables are there, and the demo table."""
            server = ServerProcess("uvicorn", tmp_path_factory.mktemp("laid"))
            server.stop()
            return server.data

        def start(backend: str, beside: ServerProcess | None = None, **settings: str) -> ServerProcess:
            if beside is not None:
                settings = beside.settings | settings
            elif backend.endswith("-postgres-redis"):
                redis = RedisServer()
                ends.callback(redis.stop)
                key = "what several server processes have in common, so that each believes the others' tokens"
                settings |= {"DATABASE_URL": postgres().database(), "REDIS_URL": redis.url, "SECRET_KEY": key}
            kind = cast(Kind, backend.partition("-")[0])
            folder = tmp_path_factory.mktemp(backend)
            if not settings.keys() & {"DATABASE_URL", "ROLLSCAPE_DATA", "ROLLSCAPE_URL"}:  # spares it its first steps
                shutil.copytree(laid(), folder / "data", ignore=shutil.ignore_patterns("secret_key"))
            server = ServerProcess(kind, folder, **settings)
            ends.callback(_end, server)
            return server

        yield start


def _end(server: ServerProcess) -> None:
    server.stop()
    assert "Traceback" not in server.log, server.log
    assert not TOKEN.search(server.log), f"a token in the log:\n{server.log}"


@pytest.fixture(scope="session")
def rooms_on(start_server: StartServer) -> Callable[[str], Rooms]:
    """Unused rooms on a server with this backend, started by the first file of a worker that asks for it."""
    return cache(lambda backend: Rooms(start_server(backend), ROOMS))


@pytest.fixture(scope="session", params=BACKENDS)
def rooms(request: pytest.FixtureRequest, rooms_on: Callable[[str], Rooms]) -> Rooms:
    """Unused rooms on one server for each backend, its limits as they are by default."""
    return rooms_on(request.param)


@pytest.fixture(scope="session")
def server(rooms: Rooms) -> ServerProcess:
    """The server that has these rooms."""
    return rooms.server


@pytest.fixture(scope="session")
def unlimited_rooms(start_server: StartServer) -> Rooms:
    """Unused rooms on a server without a rate limit."""
    return Rooms(start_server("uvicorn-sqlite", ROLLSCAPE_RATE="0"), 10)


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
