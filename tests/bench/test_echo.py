"""The echo that WebSocket suites are run against is the server itself, and echoes."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from rollscape.server import MAX_MESSAGE
from tests.isolation import clean_environment
from tests.support.server import PROJECT
from tests.support.waiting import free_port, until
from tests.support.web import request


@pytest.fixture
def echo(tmp_path: Path) -> Iterator[str]:
    port = free_port()
    environment = clean_environment() | {"HOST": "127.0.0.1", "PORT": str(port), "ROLLSCAPE_DATA": str(tmp_path)}
    process = subprocess.Popen([sys.executable, "-m", "bench.echo"], cwd=PROJECT, env=environment)
    until(lambda: answers(port), "the echo answers")
    yield f"ws://127.0.0.1:{port}"
    process.terminate()
    assert process.wait() == -signal.SIGTERM  # as uvicorn ends, once it has closed in order


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
