"""Processes: on which core they run, and what the system says they use."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = _CORES[0], _CORES[-1]  # the same one on a machine that has no other
START = 60.0  # seconds until a server must answer


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """What is started here stays on that core, and so do its children."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def running(
    command: Sequence[str], log: Path, environment: Mapping[str, str], ready: Callable[[], bool]
) -> Iterator[int]:
    """A server on the servers' core, once it is ready; its process id. What it says goes to the log."""
    with log.open("wb") as output, on_core(SERVER_CORE):
        server = subprocess.Popen(
            command, env={**environment}, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=log.parent
        )
    try:
        deadline = time.monotonic() + START
        while not ready():
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server does not start: {log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)
        yield server.pid
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def listens(port: int) -> bool:
    """Whether somebody accepts connections there."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def cpu_ms(roots: Iterable[int]) -> float:
    """What all threads of these processes and of their descendants have used of the processor, in milliseconds."""
    return sum(_of_threads(pid) for pid in _tree(roots)) / 1e6


def resident_kib(roots: Iterable[int]) -> float:
    """The resident memory of these processes and of their descendants."""
    return sum(_of_status(pid) for pid in _tree(roots))


def _tree(roots: Iterable[int]) -> Iterator[int]:
    for pid in roots:
        yield pid
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            yield from _tree(int(child) for child in _text(children).split())


def _of_threads(pid: int) -> int:
    stats = (_text(path) for path in Path(f"/proc/{pid}/task").glob("*/schedstat"))
    return sum(int(stat.split()[0]) for stat in stats if stat)


def _of_status(pid: int) -> int:
    lines = _text(Path(f"/proc/{pid}/status")).splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended meanwhile
        return ""
