"""Waiting for what announces itself nowhere: ask again until it is so."""

import asyncio
import socket
import time
from collections.abc import Callable

PATIENCE = 15.0  # seconds after which something will not come any more, on a slow machine too
PAUSE = 0.05


def until(true: Callable[[], bool], what: str, within: float = PATIENCE) -> None:
    """Return as soon as it is true, or fail."""
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, f"not within {within:g} s: {what}"
        time.sleep(PAUSE)


async def soon(true: Callable[[], bool], what: str, within: float = PATIENCE) -> None:
    """The same for a test whose sockets must go on meanwhile."""
    deadline = time.monotonic() + within
    while not await asyncio.to_thread(true):
        assert time.monotonic() < deadline, f"not within {within:g} s: {what}"
        await asyncio.sleep(PAUSE)


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
