"""One room over several server processes, on a PostgreSQL and a Redis that may be killed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.isolation import SLOW
from tests.ops.scraped import TOKEN
from tests.support.server import ServerProcess
from tests.support.services import PostgresServer, RedisServer
from tests.support.table import Rooms, Table

PROCESSES = 4
LEASE = 30.0 if SLOW else 5.0  # seconds
ROOMS = 60


class Cluster:
    """Server processes that share their databases; `rooms` are on all of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ends = ExitStack()
        self.redis = RedisServer()
        self._ends.callback(self.redis.stop)
        self.postgres = PostgresServer()
        self._ends.callback(self.postgres.stop)
        self.settings = {
            "DATABASE_URL": self.postgres.database(),
            "REDIS_URL": self.redis.url,
            "SECRET_KEY": "what several server processes have in common, so that each believes the others' tokens",
            "ROLLSCAPE_LEASE": f"{LEASE:g}",
            "ROLLSCAPE_METRICS": TOKEN,
        }
        self.everybody: list[ServerProcess] = []
        self.servers = [self.start(ROLLSCAPE_RATE="0")]  # the first one migrates
        with ThreadPoolExecutor(PROCESSES) as starting:
            self.servers += starting.map(lambda _: self.start(ROLLSCAPE_RATE="0"), range(PROCESSES - 1))
        self._rooms = Rooms(self.servers[0], ROOMS)

    def start(self, **settings: str) -> ServerProcess:
        """One more process; its log must be clean in the end."""
        server = ServerProcess("uvicorn", self._folder, **self.settings | settings)
        self.everybody.append(server)
        return server

    def take(self, *servers: ServerProcess) -> list[Table]:
        """A separate room, through each of these servers; through all of them if none is named."""
        room = self._rooms.take()
        return [Table(server, room.session, room.tokens) for server in servers or self.servers]

    def stop(self) -> None:
        """End everything."""
        for server in self.everybody:
            server.stop()
        self._ends.close()
        for server in self.everybody:
            assert "Traceback" not in server.log, server.log


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Four server processes as one."""
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.stop()
