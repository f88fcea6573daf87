"""Several server processes on one port: started, replaced when they die, and renewed one by one."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from rollscape.server import serve

log = logging.getLogger("rollscape.workers")

LOOK = 0.2  # seconds between two looks for signals
PAUSE = 1.0  # seconds before a worker that died on its start is started again
START = 120.0  # seconds that a worker may take until it serves
STOP = 30.0  # seconds that a worker may take to say goodbye to everybody


@dataclass
class Worker:
    """A server process. On `line` it says that it serves; when the line ends, so does it."""

    process: SpawnProcess
    line: Connection
    serves: bool = False

    def wait(self) -> bool:
        """Whether it came to serve."""
        if not self.serves and self.line.poll(START):
            try:
                self.serves = bool(self.line.recv())
            except EOFError:  # it died first
                return False
        return self.serves

    def stop(self) -> None:
        """End it in order."""
        self.process.terminate()

    def join(self) -> None:
        """Wait for its end, a bounded time."""
        self.process.join(STOP)
        if self.process.is_alive():
            log.error("worker %s does not stop; killing it", self.process.pid)
            self.process.kill()
            self.process.join()


class Workers:
    """SIGTERM and SIGINT end all of them; SIGHUP puts a new one in the place of each, one after the other."""

    def __init__(self, host: str, port: int, number: int) -> None:
        _bind(host, port).close()  # a port that somebody else has is an error now, and not shared with them
        # The kernel deals connections out evenly among sockets. They are kept here, so that clients
        # of a dead worker are served by the one that takes its place.
        self._doors = [_bind(host, port, shared=True) for _ in range(number)]
        self._workers: list[Worker] = []
        self._stopping = False
        self._renewing = False

    def run(self) -> None:
        """Serve until told to stop; exits when the first start fails."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGHUP, self._renew)
        self._workers = [_start(door) for door in self._doors]
        try:
            if not all(worker.wait() for worker in self._workers) and not self._stopping:
                sys.exit("A worker could not start.")
            while not self._stopping:
                wait([worker.process.sentinel for worker in self._workers], LOOK)
                self._look()
        finally:
            for worker in self._workers:
                worker.stop()
            for worker in self._workers:
                worker.join()

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _renew(self, *_: object) -> None:
        self._renewing = True

    def _look(self) -> None:
        for place, worker in enumerate(self._workers):
            if not worker.process.is_alive() and not self._stopping:
                log.error("worker %s died (%s); starting another one", worker.process.pid, worker.process.exitcode)
                if not worker.line.poll() and not worker.serves:
                    threading.Event().wait(PAUSE)
                self._workers[place] = _start(self._doors[place])
        if self._renewing:
            self._renewing = False
            self._renew_all()

    def _renew_all(self) -> None:
        for place, old in enumerate(self._workers):
            new = _start(self._doors[place])
            if self._stopping or not new.wait():
                log.error("a new worker did not start to serve; the old ones stay")
                new.stop()
                new.join()
                return
            self._workers[place] = new
            old.stop()
            old.join()


def _bind(host: str, port: int, *, shared: bool = False) -> socket.socket:
    door = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    door.bind((host, port))
    return door


def _start(door: socket.socket) -> Worker:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(door, there))
    process.start()
    there.close()
    return Worker(process, here)


def _work(door: socket.socket, line: Connection) -> None:
    """The life of a worker."""
    threading.Thread(target=_end_with_parent, args=(line,), daemon=True).start()
    serve(door=door, ready=lambda: line.send(True))


def _end_with_parent(line: Connection) -> None:
    try:
        line.recv()
    except (EOFError, OSError):
        os.kill(os.getpid(), signal.SIGTERM)
