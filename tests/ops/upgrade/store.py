"""Stores an installation for test_upgrade: `python -m tests.ops.upgrade.store NAME`, with the code to upgrade from.

It plays an evening on a server of its own, with SQLite and with PostgreSQL, and stores the database as SQL, the other
files of the data folder that count, and what the server told afterwards. Keys are made anew wherever it is restored.
"""

from __future__ import annotations

import asyncio
import json
import lzma
import sqlite3
import struct
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.ops.upgrade.evening import Facts, play, told
from tests.support.require import require_program
from tests.support.server import ServerProcess
from tests.support.services import PostgresServer

STORED = Path(__file__).parent / "stored"
CANARY = "rollscape.canary"
BOOT = struct.Struct("40s")  # what a canary begins with: the boot of the machine that wrote it


def compressed(folder: Path, name: str) -> bytes:
    """What a stored file holds."""
    return lzma.decompress((folder / f"{name}.xz").read_bytes())


def main(name: str) -> None:
    """Store what an installation of either kind becomes."""
    with ExitStack() as ends:
        server, facts = _played(ends)
        with sqlite3.connect(server.data / "rollscape.sqlite3") as database:
            folder = _store(STORED / name / "sqlite", server, "\n".join(database.iterdump()), facts)
        canary = (server.data / CANARY).read_bytes()
        (folder / CANARY).write_bytes(bytes(BOOT.size) + canary[BOOT.size :])
        postgres = PostgresServer()
        ends.callback(postgres.stop)
        url = postgres.database()
        server, facts = _played(ends, DATABASE_URL=url)
        _store(STORED / name / "postgresql", server, _dump(url), facts)


def _played(ends: ExitStack, **settings: str) -> tuple[ServerProcess, Facts]:
    """A server that has ended in order after an evening, and what is known and told of that."""
    folder = ends.enter_context(tempfile.TemporaryDirectory())
    server = ServerProcess("uvicorn", Path(folder), ROLLSCAPE_RATE="0", **settings)
    ends.callback(server.kill)
    known = asyncio.run(play(server))
    facts = {"known": known, "told": asyncio.run(told(server, known))}
    server.stop()
    return server, facts


def _dump(url: str) -> str:
    """SQL alone, that any later PostgreSQL takes: no owner, nothing for psql, no setting of this version."""
    command = [require_program("pg_dump"), "--inserts", "--rows-per-insert=200", "--no-owner", "--no-privileges", url]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return "\n".join(line for line in lines if not line.startswith(("\\", "SET transaction_timeout")))


def _store(folder: Path, server: ServerProcess, dump: str, facts: Facts) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "demo.json").write_bytes((server.data / "demo.json").read_bytes())
    for name, text in {"database.sql": dump, "facts.json": json.dumps(facts, ensure_ascii=False)}.items():
        (folder / f"{name}.xz").write_bytes(lzma.compress(text.encode(), preset=9))
    return folder


if __name__ == "__main__":
    main(sys.argv[1])
