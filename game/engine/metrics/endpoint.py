"""`/metrics`: the numbers of every server process that shares this data folder, however many answer on one port.

A request reaches one of them by chance. So each shows its own numbers on a Unix socket in the data folder, and
the process that is asked collects them all. Nothing is written to disk and nothing counted twice.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import re
import socket
import time
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import TextIO

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from game.engine.counters import counters
from game.engine.metrics.page import CONTENT_TYPE, Moment, page

log = logging.getLogger("rollscape.metrics")

FOLDER = "metrics"  # in the data folder
PATIENCE = 2.0  # seconds that a process may take to answer
LOOK = 0.5  # seconds between two looks at the event loop's lag


class Window:
    """This process' numbers, for its siblings to read. Its number is the lowest that no living process has."""

    def __init__(self, moment: Callable[[], Moment]) -> None:
        self._moment = moment
        self._server: asyncio.Server | None = None

    async def open(self) -> bool:
        """Show them; False where no metrics are wanted."""
        if not settings.METRICS:
            return False
        self.process, self._lock = _claim(_folder())
        path = _folder() / f"{self.process}.sock"
        path.unlink(missing_ok=True)  # of a process that was killed: its number is free
        self._server = await asyncio.start_unix_server(self._show, path)
        return True

    def close(self) -> None:
        """Show nothing any more."""
        if self._server is not None:
            self._server.close()
            (_folder() / f"{self.process}.sock").unlink(missing_ok=True)
            self._lock.close()

    async def _show(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(await asyncio.to_thread(page, self._moment(), self.process))
            await writer.drain()
        except OSError:
            pass  # who asked has gone
        finally:
            writer.close()


async def watch_lag() -> None:
    """Note how late the event loop is, again and again."""
    while True:
        began = time.monotonic()
        await asyncio.sleep(LOOK)
        counters.lag.observe(max(0.0, time.monotonic() - began - LOOK))


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _claim(folder: Path) -> tuple[int, TextIO]:
    """The lowest free number, and the lock that the kernel lets go of however the process ends."""
    for number in count():
        lock = (folder / f"{number}.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
        else:
            return number, lock
    raise AssertionError("count() ends nowhere")


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All processes' metrics, for requests with the token of the settings: 401 without it, 404 if none is set."""
    if not settings.METRICS:
        raise Http404
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not constant_time_compare(token.strip(), settings.METRICS):
        return HttpResponse(
            "The metrics need their token.\n", "text/plain", 401, headers={"WWW-Authenticate": "Bearer"}
        )
    return HttpResponse(_joined(_pages()), CONTENT_TYPE)


def _pages() -> Iterable[str]:
    """What each living process says, and whether it said it."""
    for path in sorted(_folder().glob("*.sock")):
        try:
            text = _read(path)
        except (ConnectionRefusedError, FileNotFoundError):
            continue  # it has ended
        except OSError as error:
            log.warning("process %s does not show its metrics: %s", path.stem, type(error).__name__)
            text = ""
        yield (
            "# HELP rollscape_process_up Whether the process answered.\n# TYPE rollscape_process_up gauge\n"
            f'rollscape_process_up{{process="{path.stem}"}} {int(bool(text))}\n{text}'
        )


def _read(path: Path) -> str:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(PATIENCE)
        line.connect(str(path))
        parts = []
        while part := line.recv(65536):
            parts.append(part)
    return b"".join(parts).decode()


def _joined(pages: Iterable[str]) -> str:
    """One page of several: the samples of a family must stand together, under one heading."""
    families: dict[str, list[str]] = {}
    for text in pages:
        for family in re.split(r"^(?=# HELP )", text, flags=re.MULTILINE)[1:]:
            about, kind, samples = family.split("\n", 2)
            families.setdefault(f"{about}\n{kind}\n", []).append(samples)
    return "".join(heading + "".join(samples) for heading, samples in families.items())
