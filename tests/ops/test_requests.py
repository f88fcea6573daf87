"""Requests that never end, take for ever or are too long are answered, and cost nobody else anything."""

import json
import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from rollscape.arrivals import AT_ONCE, Arrival, Arrivals
from rollscape.bodies import LARGE, SMALL, limit_of
from tests.conftest import StartServer
from tests.support.server import ServerProcess
from tests.support.waiting import PATIENCE

KIB = 1024
MANY = 600 * KIB


@pytest.fixture(scope="module", params=["uvicorn-sqlite", "daphne-sqlite"])
def server(request: pytest.FixtureRequest, start_server: StartServer) -> ServerProcess:
    return start_server(request.param)


@pytest.fixture(scope="module")
def uvicorn(start_server: StartServer) -> ServerProcess:
    return start_server("uvicorn-sqlite")


@contextmanager
def connected(server: ServerProcess) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        yield connection


def answered(connection: socket.socket) -> tuple[int, bytes]:
    """The status, and everything that came until the server closed; 0 where it did so without a word."""
    heard = b""
    try:
        while part := connection.recv(65536):
            heard += part
    except ConnectionResetError:
        pass
    return int(heard.split(b" ", 2)[1]) if heard else 0, heard


def send(connection: socket.socket, *parts: bytes) -> None:
    """As far as the server takes them."""
    try:
        for part in parts:
            connection.sendall(part)
    except OSError:
        pass


HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
CHUNKED = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDLESS = {
    "a header": (HEAD + b"X-Long: ", b"x"),
    "a header's name": (HEAD, b"x"),
    "many headers": (HEAD, b"X: y\r\n"),
    "a request line": (b"GET /", b"x"),
    "a query": (b"GET /?", b"x"),
    "empty lines": (b"", b"\r\n"),
    "a chunk's extension": (CHUNKED + b"1;", b"x"),
    "a trailer": (CHUNKED + b"0\r\nX-Long: ", b"x"),
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_what_never_ends_is_refused(uvicorn: ServerProcess, kind: str) -> None:
    start, more = ENDLESS[kind]
    with connected(uvicorn) as connection:
        send(connection, start, *[more * (4096 // len(more))] * (MANY // 4096))

        status, _ = answered(connection)

    assert status in {400, 431} or (status == 0 and start.startswith(CHUNKED))  # an answer may be under way
    assert uvicorn.get("/healthz").status == 200


def test_long_headers_of_an_ordinary_browser_pass(uvicorn: ServerProcess) -> None:
    cookies = "; ".join(f"cookie{n}={'x' * 1000}" for n in range(40))

    assert uvicorn.get("/", headers={"Cookie": cookies}).status == 200


@pytest.mark.parametrize("path", ["/healthz", "/", "/sign-in/", "/sign-up/", "/api/token/", "/no/such/page/"])
def test_a_body_that_says_it_is_too_long_is_refused_at_once(server: ServerProcess, path: str) -> None:
    with connected(server) as connection:
        send(connection, f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000000\r\n\r\n".encode())

        status, _ = answered(connection)

    assert status == 413


@pytest.mark.parametrize("path", ["/healthz", "/sign-in/", "/api/token/"])
def test_a_body_that_does_not_say_how_long_it_is_is_counted(server: ServerProcess, path: str) -> None:
    start = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    with connected(server) as connection:
        send(connection, start, *[b"1000\r\n" + bytes(4096) + b"\r\n"] * (MANY // 4096))

        status, heard = answered(connection)

    assert status == 413
    if path.startswith("/api/"):
        assert "too large" in json.loads(heard.partition(b"\r\n\r\n")[2])["detail"]


@pytest.mark.parametrize("also", ["", "Connection: close\r\n"], ids=["kept open", "closed"])  # as nginx asks
def test_who_sends_too_much_reads_why(uvicorn: ServerProcess, also: str) -> None:
    body = b"x" * (3 * KIB * KIB)
    with connected(uvicorn) as connection:
        length = f"Content-Length: {len(body)}\r\n{also}"
        head = f"POST /campaigns/1/tables/1/import/ HTTP/1.1\r\nHost: 127.0.0.1\r\n{length}\r\n"
        connection.sendall(head.encode())
        select.select([connection], [], [], PATIENCE)  # the answer is there
        connection.sendall(body)  # all of it, as browsers do, before it reads

        status, heard = answered(connection)

    assert status == 413
    assert b"at most 2,560 KiB" in heard


def test_what_needs_room_has_it() -> None:
    assert {limit_of(path) for path in ("/campaigns/7/tables/3/import/", "/admin/game/campaign/1/change/")} == {LARGE}
    assert {limit_of(path) for path in ("/", "/sign-in/", "/campaigns/7/edit/", "/tables/", "/x/admin/")} == {SMALL}


@pytest.mark.parametrize("begun", [b"", HEAD, HEAD + b"X-Half: "], ids=["nothing", "a line", "half a header"])
def test_who_has_asked_for_nothing_in_ten_seconds_is_sent_away(uvicorn: ServerProcess, begun: bytes) -> None:
    with connected(uvicorn) as connection:
        send(connection, begun)
        began = time.monotonic()

        status, _ = answered(connection)

    assert status == 408
    assert 8 < time.monotonic() - began < 15


class Visitors:
    """Connections that come and are turned away, on paper."""

    def __init__(self, files: int) -> None:
        self.arrivals = Arrivals(files)
        self.open: list[int] = []
        self.away: list[int] = []

    def come(self, number: int, address: str, at: float) -> Arrival:
        def turn_away() -> None:
            self.away.append(number)
            self.open.remove(number)

        self.open.append(number)
        arrival = Arrival(address, at, turn_away)
        self.arrivals.come(arrival, self.open)
        return arrival


def test_of_too_many_from_one_address_the_longest_waiting_goes() -> None:
    visitors = Visitors(10_000)
    for number in range(AT_ONCE):
        visitors.come(number, "192.0.2.7", at=0.0)

    visitors.come(1000, "192.0.2.8", at=60.0)
    assert visitors.away == []
    visitors.come(1001, "192.0.2.7", at=60.0)

    assert visitors.away == [0]


def test_a_crowd_that_comes_at_once_is_let_in() -> None:
    visitors = Visitors(10_000)

    for number in range(3 * AT_ONCE):
        visitors.come(number, "192.0.2.7", at=0.001 * number)

    assert visitors.away == []


def test_before_the_files_run_out_whoever_waits_makes_room() -> None:
    visitors = Visitors(400)  # of which a quarter is spared
    playing = [visitors.come(number, f"192.0.2.{number}", at=0.0) for number in range(200)]
    for arrival in playing:
        visitors.arrivals.gone(arrival)  # they have asked for something

    for number in range(1000, 1200):
        visitors.come(number, f"198.51.100.{number % 250}", at=1.0)

    assert visitors.away == list(range(1000, 1100))
