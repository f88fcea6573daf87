"""The servers that are compared: how each is started, and where its rooms are."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psycopg

from bench.generator import Dialect, Seat
from bench.processes import SERVER_CORE, listens, on_core, running
from tests.isolation import clean_environment
from tests.support.services import PostgresServer
from tests.support.waiting import free_port

PROJECT = Path(__file__).resolve().parent.parent
PEERS = PROJECT / "bench" / "peers"
NODE_MODULES = PROJECT / "bench" / "node_modules"
MEMBERS = 20  # in a room; the first one speaks
ROOMS = 250
LONG = 100_000  # events in the log of the room after those
KEY = "what the copies of one prepared installation have in common, so that its tokens hold in each"

Paths = Callable[[int, int], str]  # a room's and a member's number -> the path of that socket


@dataclass(frozen=True)
class Server:
    """One that runs. Its memory is its own processes'; its processor time includes its database's."""

    port: int
    dialect: Dialect
    pid: int
    path: Paths
    beside: list[int] = field(default_factory=list)

    @property
    def pids(self) -> list[int]:
        """All that work for it."""
        return [self.pid, *self.beside]

    def seats(self, first: int, rooms: int) -> list[Seat]:
        """Everybody in so many rooms, from that one on."""
        numbers = range(first, first + rooms)
        return [Seat(room, member == 0, self.path(room, member)) for room in numbers for member in range(MEMBERS)]


@dataclass(frozen=True)
class Contestant:
    """One that can be started, as often as wanted."""

    name: str
    label: str
    start: Callable[[Path], AbstractContextManager[Server]]  # given an empty folder
    missing: str = ""  # what the machine lacks for it
    ours: bool = False


class Services:
    """A PostgreSQL on the servers' core, started when first needed."""

    def __init__(self, ends: ExitStack) -> None:
        self._ends = ends

    @cached_property
    def postgres(self) -> PostgresServer:
        """With fsync, as Debian ships it."""
        with on_core(SERVER_CORE):
            server = PostgresServer()
        self._ends.callback(server.stop)
        return server


class Prepared:
    """An installation of RollScape with rooms, players and one long log. Each start gets a copy of it."""

    def __init__(self, folder: Path, postgres: PostgresServer | None, project: Path) -> None:
        self._folder = folder
        self._program = [sys.executable, str(project / "manage.py")]
        self._project = project
        self._postgres = postgres
        self._url = postgres.database() if postgres else ""
        folder.mkdir()
        made = json.loads(self._manage("demo", "--json", f"--rooms={ROOMS + 1}", f"--members={MEMBERS}"))
        self._rooms = made["rooms"]
        self._manage("shell", "-v0", "-c", f"from bench.fill import fill; fill({self._rooms[-1]['session']}, {LONG})")
        if self._url:
            with psycopg.connect(self._url, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")  # else it comes by itself, in the middle of a measurement

    def path(self, room: int, member: int) -> str:
        """The path of a member's socket, token and all."""
        return f"/ws/game/{self._rooms[room]['session']}?token={self._rooms[room]['tokens'][member]}"

    @contextmanager
    def start(self, folder: Path) -> Iterator[Server]:
        """`manage.py serve`, as `make run` calls it, without the limit on how often one user may speak."""
        data, port = folder / "data", free_port()
        shutil.copytree(self._folder, data)
        url = self._postgres.copy(self._url) if self._postgres else ""
        environment = self._environment(data, url) | {"HOST": "127.0.0.1", "PORT": str(port)}
        command = [*self._program, "serve"]
        with running(command, folder / "log", environment, partial(_is_ready, port)) as pid:
            yield Server(port, "rollscape", pid, self.path, [self._postgres.pid] if self._postgres else [])
        if self._postgres:
            self._postgres.drop(url)

    def _environment(self, data: Path, url: str) -> dict[str, str]:
        limits = {f"ROLLSCAPE_{name}": "0" for name in ("RATE", "CONNECTIONS", "HANDSHAKES", "TRIES")}
        settings = {"ROLLSCAPE_DATA": str(data), "SECRET_KEY": KEY} | limits
        return clean_environment() | settings | ({"DATABASE_URL": url} if url else {})

    def _manage(self, *arguments: str) -> str:
        environment = self._environment(self._folder, self._url)
        subprocess.run([*self._program, "migrate", "-v0"], check=True, env=environment)
        return subprocess.check_output([*self._program, *arguments], env=environment, text=True, cwd=self._project)


def _is_ready(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _plain_path(room: int, member: int) -> str:
    return f"/ws/game/{room}?token={room * MEMBERS + member}"


def _socketio_path(room: int, member: int) -> str:
    return f"/socket.io/?EIO=4&transport=websocket&room={room}&user={room * MEMBERS + member}"


@contextmanager
def _peer(dialect: Dialect, path: Paths, program: str, folder: Path) -> Iterator[Server]:
    port = free_port()
    interpreter = "node" if program.endswith(".mjs") else sys.executable
    command = [interpreter, str(PEERS / program), str(port)]
    with running(command, folder / "log", clean_environment(), partial(listens, port)) as pid:
        yield Server(port, dialect, pid, path)


@contextmanager
def _daphne(folder: Path) -> Iterator[Server]:
    port = free_port()
    command = [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(port), "-v0"]
    command.append("channels_tutorial:application")
    environment = clean_environment() | {"PYTHONPATH": str(PEERS)}
    with running(command, folder / "log", environment, partial(listens, port)) as pid:
        yield Server(port, "plain", pid, _plain_path)


class RollScape:
    """A checkout of RollScape on one database; prepared at its first start."""

    def __init__(self, folder: Path, services: Services | None, project: Path = PROJECT) -> None:
        self._folder = folder
        self._services = services
        self._project = project

    @cached_property
    def _prepared(self) -> Prepared:
        return Prepared(self._folder, self._services.postgres if self._services else None, self._project)

    def __call__(self, folder: Path) -> AbstractContextManager[Server]:
        return self._prepared.start(folder)


def contestants(folder: Path, ends: ExitStack) -> list[Contestant]:
    """All of them; the folder is for what they prepare."""
    services = Services(ends)
    postgres = "" if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb") else "PostgreSQL"
    node = "" if shutil.which("node") and NODE_MODULES.is_dir() else "node and npm"
    plain = partial(partial, _peer, "plain", _plain_path)
    sio = partial(partial, _peer, "socketio", _socketio_path)
    return [
        Contestant("rollscape", "RollScape, SQLite", RollScape(folder / "sqlite", None), ours=True),
        Contestant(
            "rollscape-postgres", "RollScape, PostgreSQL", RollScape(folder / "postgres", services), postgres, True
        ),
        Contestant("seed", "FastAPI, `send_json` each", plain("seed.py")),
        Contestant("channels", "Channels' tutorial, daphne", _daphne),
        Contestant("python-socketio", "python-socketio, aiohttp", sio("socketio_aiohttp.py")),
        Contestant("websockets", "bare `websockets.broadcast`", plain("bare_websockets.py")),
        Contestant("ws", "`ws`, node", plain("ws.mjs"), node),
        Contestant("socketio", "Socket.IO, node", sio("socketio.mjs"), node),
    ]
