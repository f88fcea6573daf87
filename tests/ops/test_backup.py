"""Backups made while people talk, and what they meet after one was restored."""

import asyncio
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.isolation import clean_environment
from tests.support.require import require_postgresql, require_program
from tests.support.server import PROJECT, ServerProcess
from tests.support.table import NAMES, Rooms
from tests.support.talker import Talker, check_log

LINES = 15


def environment(server: ServerProcess) -> dict[str, str]:
    """As the service's unit gives it to the script."""
    programs = f"{require_postgresql()}:{Path(require_program('sqlite3')).parent}:{os.environ['PATH']}"
    return clean_environment() | {"PATH": programs, "ROLLSCAPE_DATA": str(server.data), **server.settings}


def back_up(server: ServerProcess, folder: Path, **settings: str) -> Path:
    """The copy that deploy/backup makes."""
    command = [PROJECT / "deploy/backup", folder]
    done = subprocess.run(command, env=environment(server) | settings, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip())


def restore(server: ServerProcess, copy: Path) -> None:
    """As docs/operating.md says, while the server does not run."""
    if "DATABASE_URL" in server.settings:
        command = ["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname"]
        subprocess.run(
            [*command, server.settings["DATABASE_URL"], copy / "rollscape.dump"], env=environment(server), check=True
        )
    else:
        for rest in ("-wal", "-shm"):
            (server.data / f"rollscape.sqlite3{rest}").unlink(missing_ok=True)
        shutil.copy(copy / "rollscape.sqlite3", server.data / "rollscape.sqlite3")
    assert "a new epoch" in server.manage("new_epoch")


@pytest.mark.parametrize("backend", ["uvicorn-sqlite", "uvicorn-postgres-redis"])
async def test_a_backup_under_load_is_whole_and_its_restoration_is_told(
    start_server: StartServer, backend: str, tmp_path: Path
) -> None:
    server = start_server(backend, ROLLSCAPE_RATE="0")
    async with Rooms(server, 1).take() as table:
        talkers = [Talker([table], name) for name in NAMES]
        attending = [asyncio.create_task(talker.attend()) for talker in talkers]
        talking = [asyncio.create_task(talker.talk()) for talker in talkers]
        await asyncio.gather(*(talker.until_acked(LINES) for talker in talkers))
        acked = max(max(talker.acked.values()) for talker in talkers)
        copy = await asyncio.to_thread(back_up, server, tmp_path / "backups")
        so_far = max(len(talker.acked) for talker in talkers)
        await asyncio.gather(*(talker.until_acked(so_far + LINES) for talker in talkers))
        for task in talking:
            task.cancel()
        await asyncio.gather(*(talker.until_acked() for talker in talkers))
        end = max(max(talker.acked.values()) for talker in talkers)
        await asyncio.gather(*(talker.until_heard(end) for talker in talkers))
        for task in attending:
            task.cancel()
        await asyncio.gather(*talking, *attending, return_exceptions=True)
        before = table.history(query="after=0&limit=5000")["results"]
        check_log(before, talkers)
        witness = await table.sit("dm")
        joined = witness.heard("room_joined")[0]["data"]

        server.terminate()
        assert await witness.close_code() == 4200
        await asyncio.to_thread(server.wait)
        await asyncio.to_thread(restore, server, copy)
        await asyncio.to_thread(server.start)

        after = table.history(query="after=0&limit=5000")["results"]
        assert acked <= len(after) < len(before)
        assert after == before[: len(after)]
        back = await table.sit("dm", since=joined["seq"], epoch=joined["epoch"])
        again = back.heard("room_joined")[0]["data"]
        assert (again["resumed"], again["seq"]) == (False, len(after))
        assert again["epoch"] != joined["epoch"]
        assert again["snapshot"]["events"] == after[-50:]
        assert (await back.sends_acked("chat_message", {"message": "Where were we?"}))["seq"] == len(after) + 1


def test_a_copy_is_for_its_owner_and_holds_what_signs_tokens(start_server: StartServer, tmp_path: Path) -> None:
    server = start_server("uvicorn-sqlite")

    copy = back_up(server, tmp_path)

    assert (copy / "secret_key").read_text().strip() == server.secret_key
    assert {path.name for path in copy.iterdir()} == {"rollscape.sqlite3", "secret_key", "demo.json"}
    assert [path.stat().st_mode & 0o077 for path in (copy, *copy.iterdir())] == [0, 0, 0, 0]


def test_old_copies_go_and_a_failed_one_leaves_them(start_server: StartServer, tmp_path: Path) -> None:
    server = start_server("uvicorn-sqlite")
    old = tmp_path / "20200101T000000Z"
    others = tmp_path / "not a copy"
    for folder in (old, others):
        folder.mkdir()
        os.utime(folder, (0, 0))

    command = [PROJECT / "deploy/backup", tmp_path]
    broken = environment(server) | {"ROLLSCAPE_DATA": str(tmp_path / "nowhere")}
    assert subprocess.run(command, env=broken, capture_output=True).returncode != 0
    assert old.exists()

    copy = back_up(server, tmp_path)
    assert copy.exists()
    assert not old.exists()
    assert others.exists()
