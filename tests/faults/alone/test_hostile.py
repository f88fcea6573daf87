"""An ordinary table of five goes on while somebody floods the server (docs/performance.md, «Hostile connections»)."""

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.support.client import Client
from tests.support.hostile import KINDS
from tests.support.server import PROJECT, ServerProcess
from tests.support.table import Table

CALM, FLOOD = 2.0, 4.0  # seconds that are measured before it and in it
PACE = 0.15  # seconds between two lines of one person: within what one may say
SEATS = ("dm", "alice", "bob", "carol", "dave")
TWICE, NOISE = 2.0, 0.005  # the flood's p50 against the calm one's; what a busy machine adds to a few milliseconds
SLOWEST_ACK, SLOWEST_HEALTH = 0.1, 0.25  # seconds
MEMORY = 100 * 1024  # KiB


class Measured:
    """What five people and a probe see of a server."""

    def __init__(self) -> None:
        self.acks: list[float] = []
        self.health: list[float] = []

    @property
    def median(self) -> float:
        return statistics.median(self.acks)

    @property
    def slow(self) -> float:
        """The 99th in a hundred."""
        return statistics.quantiles(self.acks, n=100)[98]


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> ServerProcess:
    return start_server("uvicorn-sqlite")


@pytest.fixture(scope="module")
def rooms(server: ServerProcess) -> list[Table]:
    rooms = server.demo(rooms=len(KINDS), members=len(SEATS))["rooms"]
    return [Table(server, room["session"], dict(zip(SEATS, room["tokens"], strict=True))) for room in rooms]


@pytest.fixture
async def table(rooms: list[Table]) -> AsyncIterator[Table]:
    async with rooms.pop() as table:
        yield table


async def talk(client: Client, measured: Measured, until: float) -> None:
    while time.monotonic() < until:
        began = time.monotonic()
        await client.sends_acked("chat_message", {"message": "Who goes there?"})
        measured.acks.append(time.monotonic() - began)
        await asyncio.sleep(PACE)


async def probe(server: ServerProcess, measured: Measured, until: float) -> None:
    while time.monotonic() < until:
        began = time.monotonic()
        answer = await asyncio.to_thread(server.get, "/healthz")
        measured.health.append(time.monotonic() - began)
        assert answer.status == 200
        await asyncio.sleep(PACE)


async def measure(table: Table, people: list[Client], seconds: float) -> Measured:
    measured, until = Measured(), time.monotonic() + seconds
    await asyncio.gather(*(talk(client, measured, until) for client in people), probe(table.server, measured, until))
    return measured


@asynccontextmanager
async def attacked(server: ServerProcess, kind: str, path: str = "") -> AsyncIterator[None]:
    command = [
        sys.executable,
        "-m",
        "tests.support.hostile",
        kind,
        str(server.port),
        str(FLOOD + 1),
        *filter(None, [path]),
    ]
    attack = await asyncio.create_subprocess_exec(*command, *filter(None, [path]), cwd=PROJECT, stdout=subprocess.PIPE)
    try:
        assert attack.stdout is not None
        await attack.stdout.readline()
        yield
        assert await attack.wait() == 0
    finally:
        if attack.returncode is None:
            attack.kill()
            await attack.wait()


def memory(server: ServerProcess) -> int:
    """The most that it has held so far, in KiB."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))


MEMBERS = {"unread-pongs", "pieces"}  # who attack as one of those who may be there
AGAIN = 3  # a busy machine can only make it look worse


@pytest.mark.parametrize("kind", KINDS)
async def test_a_table_goes_on_beside_it(table: Table, kind: str) -> None:
    people = [await table.sit(name) for name in SEATS]
    path = f"/ws/game/{table.session}?token={table.tokens['dave']}" if kind in MEMBERS else ""
    before = memory(table.server)

    for _ in range(AGAIN):
        calm = await measure(table, people, CALM)
        async with attacked(table.server, kind, path):
            flooded = await measure(table, people, FLOOD)
        print(f"{kind}: {figures(calm, flooded)}, {(memory(table.server) - before) // 1024:+} MiB")  # noqa: T201
        if is_unharmed(calm, flooded):
            break

    assert is_unharmed(calm, flooded), figures(calm, flooded)
    assert memory(table.server) - before < MEMORY


def is_unharmed(calm: Measured, flooded: Measured) -> bool:
    quick = flooded.median < TWICE * calm.median + NOISE and flooded.slow < SLOWEST_ACK
    return quick and max(flooded.health) < SLOWEST_HEALTH


def figures(calm: Measured, flooded: Measured) -> str:
    acks = f"p50 {calm.median * 1e3:.1f} → {flooded.median * 1e3:.1f} ms, p99 {flooded.slow * 1e3:.1f} ms"
    return f"{acks}, healthz {max(flooded.health) * 1e3:.0f} ms at most"
