"""What keeps a server from starting is said in a sentence; what it writes, nobody else reads."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from rollscape import environment
from tests.conftest import StartServer
from tests.isolation import clean_environment
from tests.support.server import PROJECT, ServerProcess
from tests.support.waiting import free_port, until
from tests.support.web import request


def a_file(folder: Path) -> Path:
    (folder / "data").write_text("not a folder")
    return folder / "data"


def below_a_file(folder: Path) -> Path:
    return a_file(folder) / "data"


def unmakeable(folder: Path) -> Path:
    return Path("/proc/rollscape")


def round_in_a_circle(folder: Path) -> Path:
    (folder / "data").symlink_to(folder / "data")
    return folder / "data"


def everybodys(folder: Path) -> Path:
    (folder / "data").mkdir()
    (folder / "data").chmod(0o1777)
    return folder / "data"


def no_database(folder: Path) -> Path:
    (folder / "data").mkdir()
    (folder / "data" / "rollscape.sqlite3").write_text("Dear diary, today we met a dragon. " * 10)
    return folder / "data"


def a_folder_for_a_database(folder: Path) -> Path:
    (folder / "data" / "rollscape.sqlite3").mkdir(parents=True)
    return folder / "data"


@pytest.mark.parametrize(
    "folder",
    [a_file, below_a_file, unmakeable, round_in_a_circle, everybodys, no_database, a_folder_for_a_database],
)
def test_a_data_folder_that_is_none_is_named(tmp_path: Path, folder: Callable[[Path], Path]) -> None:
    path = folder(tmp_path)

    status, said = ServerProcess.refused(tmp_path, ROLLSCAPE_DATA=str(path))

    assert status != 0
    assert said.startswith("RollScape does not start: ")
    assert str(path) in said
    assert "Traceback" not in said


def test_a_postgresql_that_is_not_there_is_named(tmp_path: Path) -> None:
    url = f"postgres://somebody:secret@127.0.0.1:{free_port()}/nowhere"

    status, said = ServerProcess.refused(tmp_path, DATABASE_URL=url)

    assert status != 0
    assert "RollScape does not start: the database nowhere on 127.0.0.1" in said
    assert "Traceback" not in said
    assert "secret" not in said


def test_two_servers_do_not_share_a_sqlite_folder(start_server: StartServer) -> None:
    first = start_server("uvicorn-sqlite")

    status, said = ServerProcess.refused(first.data.parent)

    assert status != 0
    assert f"Another server already uses {first.data}" in said
    assert first.get("/readyz").status == 200
    first.kill()
    first.start()  # the dead one's claim is gone


def test_what_a_server_writes_nobody_else_reads(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    sqlite3.connect(data / "rollscape.sqlite3").close()
    (data / "rollscape.sqlite3").chmod(0o644)  # as an earlier version left it
    server = ServerProcess("uvicorn", tmp_path)

    try:
        found = {path: path.stat().st_mode & 0o077 for path in (data, *data.iterdir())}
    finally:
        server.stop()

    assert data / "rollscape.sqlite3" in found
    assert not any(found.values()), found


def test_ipv6_has_brackets_where_a_browser_needs_them(tmp_path: Path) -> None:
    port = free_port()
    settings = {"ROLLSCAPE_DATA": str(tmp_path / "data"), "HOST": "::1", "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    log = tmp_path / "log"
    with log.open("wb") as said:
        serving = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=PROJECT, env=clean_environment() | settings, stdout=said
        )
    try:
        until(lambda: f"RollScape runs at http://[::1]:{port}/" in log.read_text(), "the address is printed", 60)
    finally:
        serving.terminate()
        serving.wait()


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("Https://Play.Example.ORG", "https://play.example.org"),
        ("https://play.example.org:443/", "https://play.example.org"),
        ("http://play.example.org:80", "http://play.example.org"),
        ("http://play.example.org:8000", "http://play.example.org:8000"),
        ("https://würfel.example", "https://xn--wrfel-kva.example"),
        ("https://WÜRFEL.example", "https://xn--wrfel-kva.example"),
        ("http://[2001:DB8:0::1]:8000", "http://[2001:db8::1]:8000"),
        ("", ""),
    ],
)
def test_the_public_address_is_read_as_browsers_write_it(
    monkeypatch: pytest.MonkeyPatch, given: str, origin: str
) -> None:
    monkeypatch.setenv("ROLLSCAPE_URL", given)

    assert environment.origin("ROLLSCAPE_URL") == origin


@pytest.mark.parametrize(
    "given",
    [
        "play.example.org",
        "ftp://play.example.org",
        "https://",
        "https://a b",
        "https://play.example.org/table",
        "https://play.example.org?x",
        "https://me@play.example.org",
        "https://play.example.org:x",
        "https://[2001:db8::1",
        "https://-.example",
    ],
)
def test_what_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ROLLSCAPE_URL", given)

    with pytest.raises(ImproperlyConfigured):
        environment.origin("ROLLSCAPE_URL")


def test_a_site_on_ipv6_answers_and_its_cookies_are_secure(tmp_path: Path) -> None:
    server = ServerProcess("uvicorn", tmp_path, ROLLSCAPE_URL="Https://[2001:DB8::1]:8443")
    headers = {"Host": "[2001:db8::1]:8443", "X-Forwarded-Proto": "https"}

    try:
        page = request(server.port, "/sign-in/", headers=headers)
    finally:
        server.stop()

    assert page.status == 200
    assert "Secure" in page.headers["Set-Cookie"]
    assert page.headers["Strict-Transport-Security"]
