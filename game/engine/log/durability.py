"""What keeps SQLite's log true: a checkpoint every second, and a canary that knows when something was lost.

With `synchronous=NORMAL` a commit survives the death of the process at once and a power cut after the next
checkpoint. Should the log stand further back at a start than it stood when it was last seen (a power cut, a
restored backup), its sessions get a new epoch, so that no client takes a new event for one that it knows.
"""

from __future__ import annotations

import logging
import mmap
import os
import sqlite3
import struct
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db.models import Sum

from game.engine.models import Session, new_epoch

log = logging.getLogger("rollscape.durability")

CHECKPOINT = 1.0  # seconds
TICK = 20_000_000  # nanoseconds; what is written within so many may leave a file with the same time
MAX_WAL = 65_536  # pages of 4 KiB; past it the writer waits for a checkpoint that lets the log start over
READERS = 0.1  # seconds that the writer waits then for those who still read what is there, at most
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Durability(Protocol):
    """What the writer tells of its commits."""

    def committed(self, entries: int) -> None:
        """So many log entries are committed. On the writer's thread."""

    def close(self) -> None:
        """The log is in order; nothing more will be written."""


class Postgres:
    """PostgreSQL syncs each commit by itself. After restoring it: `manage.py new_epoch`."""

    def committed(self, entries: int) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""


def new_epochs() -> int:
    """Give every session a new epoch: clients take a snapshot instead of resuming. Returns how many there are."""
    return Session.objects.update(epoch=new_epoch())


class Canary:
    """A page of memory that outlives the process but not the machine: how many entries the logs had in all."""

    LAYOUT = struct.Struct("<40s?Q")  # the machine's boot, closed in order, entries

    def __init__(self, path: Path) -> None:
        if not path.exists() or path.stat().st_size < self.LAYOUT.size:  # a power cut may leave an empty file
            path.write_bytes(self.LAYOUT.pack(b"", False, 2**63))  # unseen: more than any log has
        with path.open("r+b") as file:
            self._page = mmap.mmap(file.fileno(), self.LAYOUT.size)
        self._boot = BOOT_ID.read_bytes()[:40] if BOOT_ID.exists() else b""

    def may_have_lost(self, entries: int) -> bool:
        """Whether a log of so many entries may have had more of them once."""
        boot, closed, seen = self.LAYOUT.unpack(self._page[:])
        same_boot = boot.rstrip(b"\0") == self._boot and bool(self._boot)
        return entries < seen or not (closed or same_boot)

    def note(self, entries: int, *, closed: bool = False) -> None:
        """Remember."""
        self._page[:] = self.LAYOUT.pack(self._boot, closed, entries)

    def open(self, entries: int) -> None:
        """Remember, and on the disk too that no close in order counts any more."""
        self.note(entries)
        self._page.flush()

    def close(self, entries: int) -> None:
        """Remember for good."""
        self.note(entries, closed=True)
        self._page.flush()
        self._page.close()


class Sqlite:
    """Looks after SQLite's log while this process serves it."""

    def __init__(self, database: Path) -> None:
        self._entries = _entries()
        self._canary = Canary(database.with_suffix(".canary"))
        if self._entries and self._canary.may_have_lost(self._entries):
            log.warning("the log may have lost its end (a power cut, or a restored backup): new epoch")
            new_epochs()
        self._canary.open(self._entries)
        self._wal = database.with_name(f"{database.name}-wal")
        self._seen = 0
        self._frames = 0  # in the write-ahead log at the last checkpoint
        self._turn = threading.Lock()  # the writer's between two commits, or the log's that starts over
        self._database = database
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="rollscape-checkpoint", daemon=True)
        self._thread.start()

    def committed(self, entries: int) -> None:
        """See Durability."""
        # SQLite alone would try again and again for a moment between two commits, and beside a writer that never rests
        # find none.
        with self._turn:
            if entries:
                self._entries += entries
                self._canary.note(self._entries)

    def close(self) -> None:
        """See Durability."""
        self._closing.set()
        self._thread.join(10)
        self._sync()  # where somebody still reads, not all could be carried over
        self._canary.close(self._entries)

    def _work(self) -> None:
        connection = sqlite3.connect(self._database, timeout=READERS, isolation_level=None)
        connection.execute(f"PRAGMA synchronous={settings.SYNC}")
        while not self._closing.wait(CHECKPOINT):
            try:
                self._checkpoint(connection)
            except (sqlite3.Error, OSError) as error:
                log.warning("no checkpoint: %s", error)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()

    def _checkpoint(self, connection: sqlite3.Connection) -> None:
        began = time.time_ns()
        try:
            written = self._wal.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if written == self._seen:
            return
        busy, frames, carried = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if busy or carried < frames:  # it syncs what it carries over: nothing, as long as a backup reads an old state
            self._sync()
        # Who has read since before the last one, as a backup does, would be waited for in vain.
        if frames > MAX_WAL and carried >= self._frames:
            with self._turn:
                connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()
        self._frames = frames
        if began - written > TICK:
            self._seen = written

    def _sync(self) -> None:
        with suppress(FileNotFoundError), self._wal.open("rb") as wal:
            os.fsync(wal.fileno())


def _entries() -> int:
    return Session.objects.aggregate(total=Sum("seq"))["total"] or 0


def begin_log() -> None:
    """Before the first entries are written without a server: note that a log which has none yet has lost none."""
    database = Path(settings.DATABASES["default"]["NAME"])
    canary = database.with_suffix(".canary")
    if settings.DATABASE_URL or not database.is_file() or canary.exists() or _entries():
        return
    Canary(canary).close(0)


def open_log() -> Durability:
    """For the configured database; at the start of a server process, before it serves."""
    if settings.DATABASE_URL:
        return Postgres()
    return Sqlite(Path(settings.DATABASES["default"]["NAME"]))
