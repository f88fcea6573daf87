"""A power cut: what was not synced is not there any more. Imitated by putting back each file as of its last sync.

Of the canary's page the disk may have any state since its last sync, or none.
"""

import asyncio
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import closing, suppress
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from tests.support.client import Client, new_id
from tests.support.server import ServerProcess
from tests.support.shims import build
from tests.support.table import Rooms
from tests.support.waiting import soon

FILES = ("rollscape.sqlite3", "rollscape.sqlite3-wal")
AT_RISK = 1.5  # seconds before the cut from which ROLLSCAPE_SYNC=normal may lose: a checkpoint comes every second
SAFE = 30  # lines that were acked before that, when it comes
AFTER = 5  # lines
# As a backup does, for as long as the evening lasts.
READING = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN")
database.execute("SELECT count(*) FROM game_session").fetchone()
print("reading", flush=True)
sys.stdin.read()
"""
Outcome = tuple[float, int, str]  # when it was acked, its seq, its text


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The library that keeps what was synced."""
    return build("synced", tmp_path_factory.mktemp("shim"))


async def talk(client: Client, said: list[Outcome]) -> None:
    """Say line after line until the connection is gone."""
    with suppress(ConnectionClosed, AssertionError):
        while True:
            said.append(await say(client))


async def say(client: Client) -> Outcome:
    line = new_id()
    ack = await client.sends_acked("chat_message", {"message": line}, line)
    return time.monotonic(), ack["seq"], line


def safe(said: list[Outcome], cut_at: float, at_risk: float) -> list[Outcome]:
    """The lines that must outlive a cut at that moment."""
    return [line for line in said if line[0] < cut_at - at_risk]


def holds(folder: Path, session: int) -> bool:
    """Whether what was synced has the session."""
    with tempfile.TemporaryDirectory() as look:
        for name in FILES:
            shutil.copy(folder / name, look)
        with closing(sqlite3.connect(Path(look, FILES[0]))) as database:
            return bool(database.execute("SELECT 1 FROM game_session WHERE id = ?", [session]).fetchone())


def backup(server: ServerProcess) -> subprocess.Popen[str]:
    """Another process, which reads the database of one moment."""
    command = [sys.executable, "-c", READING, str(server.data / FILES[0])]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "reading\n"
    return process


def cut_power(server: ServerProcess, readers: list[subprocess.Popen[str]], synced: Path, boot: Path) -> None:
    """The processes are gone, and with them all that never reached the disk; the machine starts again."""
    server.kill()
    for reader in readers:
        reader.kill()
    (server.data / "rollscape.sqlite3-shm").unlink()  # pages of memory
    for name in FILES:
        shutil.copy(synced / name, server.data / name)
    boot.write_text(str(uuid.uuid4()))


@pytest.mark.parametrize(
    ("mode", "at_risk", "canary", "beside"),
    [
        ("normal", AT_RISK, "newest", "nothing"),
        ("normal", AT_RISK, "newest", "backup"),
        ("normal", AT_RISK, "oldest", "nothing"),
        ("normal", AT_RISK, "none", "nothing"),
        ("full", 0.0, "newest", "nothing"),
    ],
)
async def test_a_power_cut_takes_no_more_than_the_mode_says_and_no_seq_is_used_twice(
    shim: str, tmp_path: Path, request: pytest.FixtureRequest, mode: str, at_risk: float, canary: str, beside: str
) -> None:
    synced, boot = tmp_path / "synced", tmp_path / "boot"
    synced.mkdir()
    boot.write_text(str(uuid.uuid4()))
    settings = {"LD_PRELOAD": shim, "SYNCED": str(synced), "BOOT_ID": str(boot), "ROLLSCAPE_SYNC": mode}
    server = await asyncio.to_thread(ServerProcess, "uvicorn", tmp_path, **settings, ROLLSCAPE_RATE="0")
    request.addfinalizer(server.stop)
    table = await asyncio.to_thread(lambda: Rooms(server, 1).take())
    await soon(lambda: holds(synced, table.session), "the room itself has been carried over")
    readers = [await asyncio.to_thread(backup, server)] if beside == "backup" else []
    for reader in readers:
        request.addfinalizer(reader.communicate)  # it reads no more input, and ends
    await asyncio.to_thread(server.stop)  # in order, which is remembered, and forgotten again
    await asyncio.to_thread(server.start)
    alice = await table.sit("alice")
    epoch = alice.heard("room_joined")[0]["data"]["epoch"]
    said: list[Outcome] = []
    talking = asyncio.create_task(talk(alice, said))
    await soon(lambda: len(safe(said, time.monotonic(), at_risk)) >= SAFE, "much was said in time")

    cut_at = time.monotonic()
    await asyncio.to_thread(cut_power, server, readers, synced, boot)
    await talking
    page = server.data / "rollscape.canary"
    if canary == "oldest":
        shutil.copy(synced / page.name, page)
    elif canary == "none":
        page.unlink()
    await asyncio.to_thread(server.start)

    log = table.history(query="after=0&limit=5000")["results"]
    kept = {frame["seq"]: frame["data"]["message"] for frame in log}
    assert all(kept.get(seq) == line for _, seq, line in safe(said, cut_at, at_risk))
    assert list(kept) == list(range(1, len(kept) + 1))
    back = await table.sit("alice", since=said[-1][1], epoch=epoch)
    now = back.heard("room_joined")[0]["data"]
    assert (now["resumed"], now["seq"]) == (now["epoch"] == epoch and len(kept) >= said[-1][1], len(kept))
    after = [await say(back) for _ in range(AFTER)]
    heard = {(epoch, seq): line for _, seq, line in said}
    assert all(heard.get((now["epoch"], seq), line) == line for _, seq, line in after), "a seq has meant two lines"
    await back.close()
    assert "Traceback" not in server.log
