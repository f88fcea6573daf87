"""The echo that WebSocket suites are run against is the server itself, and echoes."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from rollscape.server import MAX_MESSAGE
from tests.isolation import clean_environment
from tests.support.server import PROJECT
from tests.support.waiting import free_port, until
from tests.support.web import request


@pytest.fixture
def echo() -> Iterator[str]:
    port = free_port()
    environment = clean_environment() | {"PORT": str(port)}
    process = subprocess.Popen([sys.executable, "-m", "bench.echo"], cwd=PROJECT, env=environment)
    until(lambda: answers(port), "the echo answers")
    yield f"ws://127.0.0.1:{port}"
    process.terminate()
    assert process.wait() is not None


def answers(port: int) -> bool:
    try:
        return request(port, "/").status == 404
    except OSError:
        return False


def test_text_and_bytes_come_back_as_they_were_sent(echo: str) -> None:
    with connect(echo, proxy=None) as socket:
        for said in ("Hello, händler", "", b"\x00\xff", b"", "x" * 100_000):
            socket.send(said)

            assert socket.recv() == said


def test_the_servers_limits_hold(echo: str) -> None:
    with connect(echo, proxy=None) as socket:
        socket.send("x" * (MAX_MESSAGE + 1))

        with pytest.raises(ConnectionClosed) as closed:
            socket.recv()

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009
