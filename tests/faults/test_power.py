"""A power cut: what was not synced is not there any more. Imitated by putting back each file as of its last sync."""

import asyncio
import shutil
import time
from contextlib import suppress
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from tests.support.client import Client, new_id
from tests.support.server import ServerProcess
from tests.support.shims import build
from tests.support.table import Rooms

TALK = 3.2  # seconds
AT_RISK = 1.5  # seconds before the cut from which ROLLSCAPE_SYNC=normal may lose: a checkpoint comes every second


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The library that keeps what was synced."""
    return build("synced", tmp_path_factory.mktemp("shim"))


async def talk(client: Client, said: list[tuple[float, int, str]]) -> None:
    """Say line after line until the connection is gone; notes when each was acked, its seq and its text."""
    with suppress(ConnectionClosed, AssertionError):
        while True:
            line = new_id()
            ack = await client.sends_acked("chat_message", {"message": line}, line)
            said.append((time.monotonic(), ack["seq"], line))


def cut_power(server: ServerProcess, synced: Path) -> None:
    """The process is gone, and with it all that never reached the disk."""
    server.kill()
    for name in ("rollscape.sqlite3-shm", "rollscape.canary"):  # pages of memory
        (server.data / name).unlink()
    for name in ("rollscape.sqlite3", "rollscape.sqlite3-wal"):
        shutil.copy(synced / name, server.data / name)


@pytest.mark.parametrize(("mode", "at_risk"), [("normal", AT_RISK), ("full", 0.0)])
async def test_a_power_cut_takes_no_more_than_the_mode_says(
    shim: str, tmp_path: Path, request: pytest.FixtureRequest, mode: str, at_risk: float
) -> None:
    synced = tmp_path / "synced"
    synced.mkdir()
    server = await asyncio.to_thread(
        ServerProcess,
        "uvicorn",
        tmp_path,
        LD_PRELOAD=shim,
        SYNCED=str(synced),
        ROLLSCAPE_SYNC=mode,
        ROLLSCAPE_RATE="0",
    )
    request.addfinalizer(server.stop)
    table = await asyncio.to_thread(lambda: Rooms(server, 1).take())
    await asyncio.sleep(2.0)  # until the room itself has been carried over
    alice = await table.sit("alice")
    epoch = alice.heard("room_joined")[0]["data"]["epoch"]
    said: list[tuple[float, int, str]] = []
    talking = asyncio.create_task(talk(alice, said))
    await asyncio.sleep(TALK)
    cut_at = time.monotonic()
    await asyncio.to_thread(cut_power, server, synced)
    await talking

    await asyncio.to_thread(server.start)

    log = table.history(query="after=0&limit=5000")["results"]
    kept = {frame["seq"]: frame["data"]["message"] for frame in log}
    safe = [(seq, line) for at, seq, line in said if at < cut_at - at_risk]
    assert len(safe) > 20
    assert all(kept.get(seq) == line for seq, line in safe)
    assert list(kept) == list(range(1, len(kept) + 1))
    back = await table.sit("alice", since=said[-1][1], epoch=epoch)
    now = back.heard("room_joined")[0]["data"]
    assert now["epoch"] != epoch, "who knows more than the log must take a snapshot"
    assert (now["resumed"], now["seq"]) == (False, len(kept))
    await back.close()
    assert "Traceback" not in server.log
