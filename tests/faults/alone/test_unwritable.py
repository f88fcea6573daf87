"""A database that can be read and not written to: the probe names it, pages ask to come again, and then all is well."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests.conftest import StartServer
from tests.support.server import ServerProcess
from tests.support.waiting import until
from tests.support.web import Browser


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> ServerProcess:
    return start_server("uvicorn-sqlite")


@contextmanager
def locked_by_another(server: ServerProcess) -> Iterator[None]:
    other = sqlite3.connect(server.data / "rollscape.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.rollback()
        other.close()


@contextmanager
def full_disk(server: ServerProcess) -> Iterator[None]:
    """No file of the server's may grow."""
    before = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("fault", [locked_by_another, full_disk])
def test_it_is_named_and_comes_back(
    server: ServerProcess, fault: Callable[[ServerProcess], AbstractContextManager[None]]
) -> None:
    demo = server.demo()
    browser = Browser(server.port)
    people = demo["users"]["dm"]

    with fault(server):
        until(lambda: server.get("/readyz").status == 503, "the probe fails")
        assert server.get("/readyz").json == {"failed": ["database"]}
        page = browser.submit("/sign-in/", username=people["username"], password=people["password"])
        rest = server.post("/api/token/", {"username": people["username"], "password": "wrong"})

    assert (page.status, rest.status) == (503, 503)
    assert int(page.headers["Retry-After"]) == int(rest.headers["Retry-After"]) > 0
    until(lambda: server.get("/readyz").status == 200, "the probe succeeds")
    browser.sign_in(people["username"], people["password"])
