"""The log: a line for each connection and each refusal, and never what somebody wrote."""

import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.db import IntegrityError, OperationalError

from rollscape.log import Json, Text
from tests.conftest import StartServer
from tests.support.server import ServerProcess
from tests.support.table import Rooms, Table
from tests.support.waiting import soon
from tests.support.web import Browser, request

MARK = "xyzzy"  # nothing that holds it may reach a log
PASSWORD = f"{MARK} is my password"


@pytest.fixture(params=["text", "json"])
def server(request: pytest.FixtureRequest, start_server: StartServer) -> ServerProcess:
    return start_server("uvicorn-sqlite", ROLLSCAPE_LOG=request.param)


@pytest.fixture(scope="module")
def rooms(start_server: StartServer) -> Rooms:
    """Unused rooms on a server that logs for programs."""
    return Rooms(start_server("uvicorn-sqlite", ROLLSCAPE_LOG="json"), 2)


def lines(server: ServerProcess, message: str, session: int | None = None) -> list[dict[str, Any]]:
    """The lines with this message, of this session."""
    found = (json.loads(line) for line in server.log.splitlines())
    return [line for line in found if line["message"] == message and line.get("session") == session]


def lines_of(table: Table, message: str) -> list[dict[str, Any]]:
    return lines(table.server, message, table.session)


async def test_a_connection_and_a_refusal_have_a_line_each(table: Table) -> None:
    alice = await table.sit("alice")
    await alice.refused("dm_narration", {"narration": "It rains."})
    await alice.sends_acked("chat_message", {"message": "Hail!"})
    await alice.close()
    await soon(lambda: bool(lines_of(table, "closed")), "its end is logged")

    (opened,), (refused,), (closed,) = (lines_of(table, message) for message in ("opened", "refused", "closed"))
    about = {name: opened[name] for name in ("connection", "user", "session")}
    assert about == {"connection": opened["connection"], "user": table.user_id("alice"), "session": table.session}
    assert opened["address"] == closed["address"] == "127.0.0.1"
    assert refused.items() >= (about | {"code": "forbidden", "event": "dm_narration", "level": "INFO"}).items()
    assert closed.items() >= (about | {"code": 1000, "by": "client", "frames": 2, "refused": 1}).items()
    assert closed["seconds"] >= 0
    assert closed["logger"] == "rollscape.connection"


async def test_a_flood_does_not_fill_the_log(table: Table) -> None:
    alice = await table.sit("alice")
    for _ in range(200):
        await alice.send("ping", {"timestamp": "now"})
    assert await alice.close_code() == 4129
    await soon(lambda: bool(lines_of(table, "closed")), "its end is logged")

    assert len(lines_of(table, "refused")) < 20
    (closed,) = lines_of(table, "closed")
    assert (closed["code"], closed["by"]) == (4129, "server")
    assert closed["refused"] >= 100


async def test_nothing_that_somebody_wrote_reaches_the_log(server: ServerProcess) -> None:
    async with Rooms(server, 1).take() as table:
        alice = await table.sit("alice")
        await alice.sends_acked("chat_message", {"message": f"{MARK} says hail"}, id=f"{MARK}-1")
        for event, data in (
            ("dice_roll", {"formula": f"{MARK}d20"}),
            ("dm_narration", {"narration": MARK}),
            (MARK, {}),
            ("chat_message", {"message": [MARK]}),
        ):
            await alice.refused(event, data)
        await alice.send_text(f'{{"event": "{MARK}')
        await alice.send_text(MARK.encode())
        await alice.fence()
        for how in (
            {"token": MARK},
            {"subprotocols": ["rollscape.v1", f"bearer.{MARK}"]},
            {"cookie": f"sessionid={MARK}", "origin": server.origin},
        ):
            assert await (await table.connect(None, **how)).close_code() == 4001
        await table.sit("bob", since=MARK, epoch=MARK, character_id=MARK)
    play_with_pages(server)

    assert MARK not in server.log
    for token in table.tokens.values():
        assert token.rsplit(".", 1)[1] not in server.log


def play_with_pages(server: ServerProcess) -> None:
    """Passwords, invitations, cookies and addresses, right and wrong."""
    browser = Browser(server.port)
    for _ in range(12):  # past the lock-out, which is logged
        browser.submit("/sign-in/", username=f"{MARK}-user", password=PASSWORD)
        server.post("/api/token/", {"username": f"{MARK}-user", "password": PASSWORD})
    browser.submit("/sign-up/", username="eve", password1=PASSWORD, password2=PASSWORD)
    for path in (f"/join/{MARK}/", f"/join/{MARK}", f"/{MARK}/?{MARK}", f"/ws/room/{MARK}/info", f"/ws/{MARK}"):
        server.get(path, headers={"Cookie": f"sessionid={MARK}", "Referer": f"{server.origin}/join/{MARK}/"})
        server.get(path, token=MARK)
        server.post(path, {"message": MARK})
    request(server.port, f"/join/{MARK}/", headers={"Host": f"{MARK}.example"})
    foreign = {"Origin": f"https://{MARK}.example", "Content-Type": "application/x-www-form-urlencoded"}
    request(server.port, f"/join/{MARK}/", post=b"a=b", headers=foreign)


@pytest.fixture
def breaking(tmp_path: Path) -> Iterator[ServerProcess]:
    # Not one of `start_server`, whose logs must be clean.
    server = ServerProcess("uvicorn", tmp_path, ROLLSCAPE_LOG="json")
    yield server
    server.stop()


def execute(server: ServerProcess, sql: str) -> None:
    server.shell(f"from django.db import connection; connection.cursor().execute({sql!r})")


async def test_a_bug_at_the_table_is_found_by_the_connection_and_quotes_nobody(breaking: ServerProcess) -> None:
    trigger = f"CREATE TRIGGER bug BEFORE INSERT ON game_logentry BEGIN SELECT RAISE(ABORT, '{MARK}'); END"
    async with Rooms(breaking, 1).take() as table:
        alice = await table.sit("alice")
        execute(breaking, trigger)
        await alice.send("chat_message", {"message": MARK})
        assert await alice.close_code() == 4500
        await soon(lambda: bool(lines_of(table, "closed")), "its end is logged")

    (closed,) = lines_of(table, "closed")
    (bug,) = lines(breaking, f"a command met a bug; reference {closed['connection']}")
    assert "RuntimeError" in bug["traceback"]
    (cause,) = lines(breaking, "a batch failed")
    assert cause["traceback"].endswith("django.db.utils.IntegrityError")
    assert MARK not in breaking.log


def test_a_bug_behind_a_page_is_named_by_its_route(breaking: ServerProcess) -> None:
    execute(breaking, "ALTER TABLE game_invitation RENAME TO gone")

    answer = breaking.get(f"/join/{MARK}/")

    assert answer.status == 500
    (line,) = lines(breaking, "500 GET join/<str:token>/")
    assert line["reference"] in answer.body.decode()
    assert "OperationalError" in line["traceback"]
    assert MARK not in breaking.log


def record(error: BaseException, message: str = "a step failed") -> logging.LogRecord:
    return logging.LogRecord("rollscape.writer", logging.ERROR, __file__, 1, message, (), _info(error))


def _info(error: BaseException) -> Any:
    try:
        try:
            raise KeyError(MARK)
        except KeyError:
            raise error  # noqa: B904  (as a handler's bug would, with what it met as context)
    except type(error):
        return sys.exc_info()


@pytest.mark.parametrize(
    "error", [ValueError(MARK), IntegrityError(f"DETAIL: {MARK}"), ExceptionGroup(MARK, [KeyError(MARK)])]
)
@pytest.mark.parametrize("form", [Text, Json])
def test_a_bug_is_logged_with_its_place_and_without_its_words(form: type[logging.Formatter], error: Exception) -> None:
    line = form().format(record(error))

    assert MARK not in line
    assert f"{type(error).__module__}.{type(error).__qualname__}" in line
    assert "KeyError" in line
    assert Path(__file__).name in line


@pytest.mark.parametrize("kind", [OperationalError, redis.ConnectionError, redis.BusyLoadingError])
@pytest.mark.parametrize("form", [Text, Json])
def test_what_the_machine_says_is_logged(form: type[logging.Formatter], kind: type[Exception]) -> None:
    assert "connection refused" in form().format(record(kind("connection refused")))


def test_in_json_an_exception_is_one_line_with_its_traceback_in_one_field() -> None:
    line = Json().format(record(ValueError("no")))

    assert "\n" not in line
    said = json.loads(line)
    assert said["message"] == "a step failed"
    assert said["traceback"].startswith("Traceback (most recent call last):\n")
    assert said["traceback"].endswith("builtins.ValueError")
