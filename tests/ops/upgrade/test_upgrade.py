"""An installation of an older version starts with `make run` and nothing else, and nothing is lost.

What an older version stored, and what it told of that, lies in `stored`; how it was made, stands in store.py.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.ops.upgrade.evening import Facts, seat, sign_up, token_of, told
from tests.ops.upgrade.store import CANARY, STORED, compressed
from tests.support.server import ServerProcess
from tests.support.services import PostgresServer
from tests.support.web import Browser

INSTALLATIONS = sorted(str(folder.parent.relative_to(STORED)) for folder in STORED.glob("*/*/demo.json"))
WHICH = ("session", "ended")


@dataclass(frozen=True)
class Upgraded:
    """A server on an older version's data: what was `known`, `told` before and is told `now`, right after the start."""

    server: ServerProcess
    known: Facts
    told: Facts
    now: Facts

    def token(self, name: str) -> str:
        """Signed in, with the password of before."""
        return token_of(self.server, name, self.known["passwords"][name])


@pytest.fixture(scope="module", params=INSTALLATIONS)
def upgraded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upgraded]:
    """The stored installation, restored and started. Its log must be clean in the end."""
    stored = STORED / request.param
    folder = tmp_path_factory.mktemp("upgraded")
    facts = json.loads(compressed(stored, "facts.json"))
    with ExitStack() as ends:
        settings = restore(stored, folder / "data", ends)
        server = ServerProcess("uvicorn", folder, **settings)
        ends.callback(server.stop)
        yield Upgraded(server, facts["known"], facts["told"], asyncio.run(told(server, facts["known"])))
        assert "Traceback" not in server.log, server.log


def restore(stored: Path, data: Path, ends: ExitStack) -> dict[str, str]:
    """Lay the data folder and fill the database as they were; the settings that the server had."""
    data.mkdir(mode=0o700)
    shutil.copy(stored / "demo.json", data)
    sql = compressed(stored, "database.sql").decode()
    if stored.name == "postgresql":
        postgres = PostgresServer()
        ends.callback(postgres.stop)
        url = postgres.database()
        with psycopg.connect(url) as connection:
            connection.execute(sql.encode())
        return {"DATABASE_URL": url}
    shutil.copy(stored / CANARY, data)
    with closing(sqlite3.connect(data / "rollscape.sqlite3")) as database:
        database.executescript(sql)
    return {}


def differences(before: Any, now: Any, where: str = "") -> list[str]:
    """What was there before and is not so now; what was added since is none."""
    if isinstance(before, dict) and isinstance(now, dict):
        return [line for key in before for line in differences(before[key], now.get(key), f"{where}.{key}")]
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        pairs = enumerate(zip(before, now, strict=True))
        return [line for place, (old, new) in pairs for line in differences(old, new, f"{where}[{place}]")]
    return [] if before == now else [f"{where}: {before!r} is now {now!r}"]


def test_there_is_an_older_installation_of_either_kind() -> None:
    assert {Path(name).name for name in INSTALLATIONS} == {"sqlite", "postgresql"}


@pytest.mark.parametrize("which", WHICH)
def test_everybody_reads_the_log_that_they_read_before(upgraded: Upgraded, which: str) -> None:
    for name, before in upgraded.told.items():
        assert upgraded.now[name][which]["history"] == before[which]["history"], name


@pytest.mark.parametrize("which", WHICH)
def test_no_number_is_missing_from_the_log(upgraded: Upgraded, which: str) -> None:
    seen = {frame["seq"] for facts in upgraded.now.values() for frame in facts[which]["history"]}

    assert seen == set(range(1, upgraded.told["dm"][which]["state"]["seq"] + 1))


@pytest.mark.parametrize("what", ["state", "tables", "proof"])
def test_sessions_stand_where_they_stood(upgraded: Upgraded, what: str) -> None:
    for name, before in upgraded.told.items():
        for which in WHICH:
            assert differences(before[which][what], upgraded.now[name][which][what], f"{name}.{which}") == []


def test_macros_lie_on_their_keys(upgraded: Upgraded) -> None:
    for name, before in upgraded.told.items():
        assert differences(before["macros"], upgraded.now[name]["macros"], name) == []


def test_invitations_let_in_whom_they_let_in_before(upgraded: Upgraded) -> None:
    links = upgraded.known["invitations"]

    sign_up(upgraded.server, "frances", links["open"])

    assert Browser(upgraded.server.port).get(f"/join/{links['revoked']}/").status == 404


def test_people_sign_in_on_the_page_and_see_their_campaign(upgraded: Upgraded) -> None:
    for name, password in upgraded.known["passwords"].items():
        browser = Browser(upgraded.server.port)
        browser.sign_in(name, password)
        assert browser.get(f"/campaigns/{upgraded.known['campaign']}/").status == 200


async def test_the_evening_goes_on_where_it_ended(upgraded: Upgraded) -> None:
    last = upgraded.known["command"]
    alice = await seat(upgraded.server, upgraded.known["session"], upgraded.token("alice"))

    again = await alice.sends_acked(last["event"], last["data"], last["id"])
    said = await alice.sends_acked("chat_message", {"message": "Where were we?"})
    rolled = await alice.sends_acked("dice_roll", {"formula": "1d20"})

    assert (again["seq"], again["duplicate"]) == (last["seq"], True)
    assert (said["seq"], said["duplicate"]) == (last["seq"] + 1, False)
    assert rolled["seq"] == last["seq"] + 2
    await alice.close()
