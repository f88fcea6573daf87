"""History, exports and statistics of a log of any size are read within a bounded memory of the server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.support.server import ServerProcess
from tests.support.table import Rooms, Table

ROLLS = 1_500  # of a thousand dice each: some 65 MB of log
MOST = 32 * 1024  # KiB that the server may grow by
FILL = """
import json
from django.utils import timezone
from game.dice.rolls import roll_of
from game.dice.rules import dice
from game.engine.models import LogEntry, Session
from game.protocol import encode

chance = iter(range(10**9))
rolled = dice.roll("1000d1000000", lambda sides: next(chance) % sides)
roll = json.loads(encode(roll_of("1000d1000000", rolled))) | {{"proof": {{"rotation": 1, "n": 1, "seeds": []}}}}
player = {{"user_id": {user}, "username": "alice", "display_name": None}}
data = json.dumps({{"player": player, "roll": roll, "timestamp": "2026-11-28T20:00:00Z"}}, separators=(",", ":"))
assert Session.objects.filter(pk={session}).update(seq={rolls})
for first in range(1, {rolls} + 1, 100):
    LogEntry.objects.bulk_create(
        LogEntry(session_id={session}, seq=seq, event="dice_roll", data=data, created_at=timezone.now())
        for seq in range(first, first + 100)
    )
print(len(data))
"""


def memory(server: ServerProcess) -> int:
    """What the server's process holds, in KiB: the most so far, counted from `forget_peak` on."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def forget_peak(server: ServerProcess) -> None:
    Path(f"/proc/{server.pid}/clear_refs").write_text("5")


def streamed(table: Table, path: str) -> Iterator[bytes]:
    """An answer as it comes in."""
    connection = HTTPConnection("127.0.0.1", table.server.port, timeout=60)
    connection.request("GET", path, headers={"Authorization": f"Bearer {table.tokens['alice']}"})
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    while part := answer.read(256 * 1024):
        yield part
    connection.close()


@pytest.mark.parametrize("backend", ["uvicorn-sqlite", "uvicorn-postgres-redis"])
def test_a_log_of_any_size_is_read_in_bounded_memory(rooms_on: Callable[[str], Rooms], backend: str) -> None:
    table = rooms_on(backend).take()
    size = int(table.server.shell(FILL.format(session=table.session, user=table.user_id("alice"), rolls=ROLLS)))
    table.history("alice", "limit=1")
    forget_peak(table.server)
    before = memory(table.server)

    pages = list(pages_of(table))
    digest, length = sha256(), 0
    for part in streamed(table, f"/api/sessions/{table.session}/fairness/"):
        digest.update(part)
        length += len(part)

    assert sum(len(page["results"]) for page in pages) == ROLLS
    assert all(len(json.dumps(page, separators=(",", ":"))) < 1024 * 1024 + size for page in pages)
    assert length > ROLLS * size
    assert memory(table.server) - before < MOST


def pages_of(table: Table) -> Iterator[Any]:
    """All pages of the largest size that may be asked for."""
    after: int | None = 0
    while after is not None:
        page = table.history("alice", f"after={after}&limit=5000")
        yield {"results": page["results"]}
        after = page["next"]


def test_statistics_of_a_large_log_are_counted_in_bounded_memory(rooms_on: Callable[[str], Rooms]) -> None:
    table = rooms_on("uvicorn-sqlite").take()
    table.server.shell(FILL.format(session=table.session, user=table.user_id("alice"), rolls=ROLLS))
    table.history("alice", "limit=1")
    code = (
        "import resource\n"
        "from game.dice.luck import luck_of\n"
        "from game.roles import Role\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"(player,) = luck_of([{table.session}], 1, Role.DM)\n"
        "print(player.rolls, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )

    rolls, grown = map(int, table.server.shell(code).split())

    assert 300 <= rolls < ROLLS
    assert grown < MOST
