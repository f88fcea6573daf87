"""The group commit: one thread, one transaction for everything that waited while the last one ran.

A step is one thing to do under the lock of its session. All steps of a batch see the state under that lock,
in the order in which they were submitted; what they answer leaves the writer only after the commit.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from queue import SimpleQueue
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from game.engine.counters import counters
from game.engine.log.storage import CommandKey, Entry, SessionRow, Storage, storage
from game.errors import Busy
from game.protocol.timestamps import rfc3339

log = logging.getLogger("rollscape.writer")

MAX_BATCH = 500  # steps in one transaction
MAX_MOVING = 20  # of those that move somebody

SLICE = 0.012  # seconds that those get of a transaction while somebody waits to speak
MAX_WAITING = 20_000  # steps; past it the server says `busy`
PAUSES = (0.0, 0.05, 0.25, 0.5, 1.0, 1.0, 1.0)  # seconds before each try of a batch, while the database is away
PATIENCE = 5.0  # seconds after which no further try begins; those who wait behind are then tried once


class Step:
    """One thing to do under a session's lock (or, without a session, under no lock but the transaction)."""

    session_id: int | None = None
    command_key: CommandKey | None = None
    received = 0.0  # when it was submitted, by the monotonic clock
    moves = False  # brings somebody into a room or out of it; those who speak meanwhile come first
    writes = True  # runs in a savepoint, so that it fails alone

    def run(self, batch: Batch) -> Any:
        """Do it; on the writer's thread, inside the transaction. Refuse by raising."""
        raise NotImplementedError

    def done(self, result: Any, batch: Batch) -> None:
        """It is committed; on the event loop, in the order of the batch."""

    def failed(self, error: Exception) -> None:
        """It was refused, or broke; on the event loop. Nothing of it is in the database."""


class Batch:
    """What the steps of one transaction share."""

    def __init__(self, store: Storage, steps: list[Step]) -> None:
        self.storage = store
        self.steps = steps
        self.entries: list[Entry] = []
        self.rows: dict[int, SessionRow] = {}
        self.known: dict[CommandKey, int] = {}
        self.cache: dict[object, object] = {}  # what steps read and keep true; of a session by its id
        self.results: list[Any] = []
        self.flushed = False
        self.now: datetime
        self.stamp: str  # `now` as the protocol writes it

    def row(self, session_id: int) -> SessionRow | None:
        """The locked session, None when there is none."""
        return self.rows.get(session_id)

    def append(
        self,
        row: SessionRow,
        event: str,
        data: bytes,
        audience: str | None = None,
        author_id: int | None = None,
        key: str | None = None,
    ) -> Entry:
        """Give the event its place in the log; `audience` as it is stored, None for everybody."""
        row.seq += 1
        row.dirty = True
        entry = Entry(row.id, row.seq, event, data, audience, author_id, key)
        self.entries.append(entry)
        return entry

    def open(self, session_ids: Iterable[int]) -> None:
        """Lock the sessions and take the time."""
        ids = set(session_ids)
        self.entries.clear()
        self.cache.clear()
        # The time is that after the wait for the lock, so that it does not run backwards along a log.
        self.rows, self.now = self.storage.lock(ids) if ids else ({}, self.storage.now())
        self.stamp = rfc3339(self.now)

    def prepare(self) -> None:
        """Lock the sessions of the steps and look up what was carried out before."""
        self.flushed = False  # whatever an earlier try wrote is gone
        self.open(step.session_id for step in self.steps if step.session_id is not None)
        keys = [step.command_key for step in self.steps if step.command_key is not None]
        self.known = self.storage.known(keys) if keys else {}

    def run(self, step: Step) -> Any:
        """The step's result, or the exception with which it failed alone."""
        row = self.rows.get(step.session_id) if step.session_id is not None else None
        before = (row.seq, row.presence_version, row.dirty, len(self.entries)) if row else None
        try:
            if not step.writes:
                return step.run(self)
            with transaction.atomic():
                return step.run(self)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            if isinstance(error, DatabaseError) and not step.writes:
                raise  # without a savepoint it has spoilt the whole transaction
            if row and before:
                row.seq, row.presence_version, row.dirty = before[:3]
                self.cache.pop(row.id, None)
                del self.entries[before[3] :]
            return error

    def flush(self) -> None:
        """Write what the steps moved."""
        rows = [row for row in self.rows.values() if row.dirty]
        if rows:
            self.storage.append(self.entries, rows, self.now)
        self.flushed = bool(rows)

    def landed(self) -> bool:
        """Whether it is in the database although the answer to its commit was lost."""
        if not self.flushed:
            return False
        self.storage.lock(self.rows)  # that transaction may still be at its commit: wait for it
        if self.entries:
            first = self.entries[0]
            return self.storage.holds(first, self.now)
        moved = next(row for row in self.rows.values() if row.dirty)
        stands = self.storage.lock([moved.id])[0].get(moved.id)
        return stands is not None and stands.presence_version >= moved.presence_version


class Moving:
    """Steps that move somebody, by their rooms: who comes to the same one shares what has to be read of it."""

    def __init__(self) -> None:
        self._rooms: dict[int | None, deque[Step]] = {}
        self._number = 0

    def __len__(self) -> int:
        return self._number

    def add(self, step: Step) -> None:
        """Behind the others of its room."""
        self._rooms.setdefault(step.session_id, deque()).append(step)
        self._number += 1

    def put_back(self, steps: list[Step]) -> None:
        """Before all others, in their order."""
        rooms, self._rooms = self._rooms, {}
        for step in steps:
            self.add(step)
        for session_id, room in rooms.items():
            self._rooms.setdefault(session_id, deque()).extend(room)

    def take(self, most: int) -> list[Step]:
        """So many at most, of as few rooms as that makes, those that have waited longest first."""
        steps: list[Step] = []
        while self._rooms and len(steps) < most:
            session_id = next(iter(self._rooms))
            room = self._rooms.pop(session_id)
            while room and len(steps) < most:
                steps.append(room.popleft())
            if room:  # the next time it is the others' turn
                self._rooms[session_id] = room
        self._number -= len(steps)
        return steps


class Writer:
    """The thread that writes. `submit` from the event loop; steps are answered on the same loop."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        committed: Callable[[int], None],
        publish: Callable[[Batch], None],
    ) -> None:
        self._loop = loop
        self._committed = committed  # told, on the thread, how many log entries were just committed
        self._publish = publish  # given, on the loop, each committed batch after its steps were answered
        self._coming: list[Step] = []  # at this turn of the loop
        self._waiting: SimpleQueue[Step | None] = SimpleQueue()  # None: stop
        self._moving = Moving()  # taken from there by the thread, and not yet carried out
        self._said = 0  # steps that move nobody, counted by the loop as they come,
        self._heard = 0  # and by the thread as it takes them
        self._stopping = False
        self._over = False  # nothing follows
        self._away = False  # the last batch did not find the database
        self._thread = threading.Thread(target=self._work, name="rollscape-writer", daemon=True)
        self._thread.start()

    def submit(self, step: Step) -> None:
        """Queue a step; answered with Busy when too much is waiting."""
        if self.waiting() >= MAX_WAITING or self._stopping:
            self._loop.call_soon(step.failed, Busy("The server is busy; try again.", retry_after=1.0))
            return
        step.received = time.monotonic()
        if not self._coming:
            self._loop.call_soon(self._hand_over)
        self._coming.append(step)

    def _hand_over(self) -> None:
        """Give the thread all that came at this turn: woken by the first of them, it would commit that one alone."""
        coming, self._coming = self._coming, []
        for step in coming:
            self._said += not step.moves
            self._waiting.put(step)

    def waiting(self) -> int:
        """How many steps the next transactions have before them."""
        return len(self._coming) + self._waiting.qsize() + len(self._moving)

    async def stop(self) -> None:
        """Commit what is waiting and end the thread; takes 10 s at most."""
        self._stopping = True  # on the loop, as `submit`: nothing slips in behind the thread's last look
        self._hand_over()
        self._waiting.put(None)
        await asyncio.to_thread(self._thread.join, 10)

    def _work(self) -> None:
        store = storage()
        store.open()
        while steps := self._next_batch():
            self._answer(*self._commit(store, steps))
        connection.close()

    def _next_batch(self) -> list[Step]:
        """What is to be done next, as soon as there is something; nothing when it is over.

        All who speak come first, since each of those who come and go takes as long as many lines do.
        """
        steps: list[Step] = []
        while not self._over and len(steps) < MAX_BATCH:
            if (steps or self._moving) and self._waiting.empty():
                break
            step = self._waiting.get()
            if step is None:
                self._over = True
            elif step.moves:
                self._moving.add(step)
            else:
                steps.append(step)
        self._heard += len(steps)
        return steps + self._moving.take(MAX_MOVING)

    def _answer(self, batch: Batch, results: list[Any]) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._answer_all, batch, results)

    def _commit(self, store: Storage, steps: list[Step]) -> tuple[Batch, list[Any]]:
        """One transaction for all; when the database goes away it is tried again, but never done twice."""
        batch = Batch(store, steps)
        deadline = time.monotonic() + (0.0 if self._away else PATIENCE)
        for pause in PAUSES:
            if pause:
                if time.monotonic() + pause > deadline:
                    break
                time.sleep(pause)
            began = time.monotonic()
            try:
                self._transact(batch)
            except (OperationalError, InterfaceError) as error:
                counters.retries += 1
                log.warning("the database does not answer: %s", type(error).__name__)
                connection.close()
            except Exception:
                log.exception("a batch failed")
                return self._one_by_one(store, steps)
            else:
                self._away = False
                counters.commit.observe(time.monotonic() - began)
                batch.steps, rest = steps[: len(batch.results)], steps[len(batch.results) :]
                self._moving.put_back(rest)
                counters.batch.observe(len(batch.steps))
                self._committed(len(batch.entries))
                return batch, batch.results
        self._away = True
        batch.entries.clear()
        return batch, [Busy("The database does not answer; try again.", retry_after=2.0)] * len(steps)

    def _transact(self, batch: Batch) -> None:
        with batch.storage.transaction():
            if batch.landed():
                return
            batch.prepare()
            batch.results = [batch.run(step) for step in batch.steps if not step.moves]
            spoke = bool(batch.results)
            over = time.monotonic() + SLICE
            for step in batch.steps[len(batch.results) :]:
                if time.monotonic() > over and (spoke or self._said > self._heard):
                    break  # the rest comes after those who speak
                batch.results.append(batch.run(step))
            batch.flush()

    def _one_by_one(self, store: Storage, steps: list[Step]) -> tuple[Batch, list[Any]]:
        """Who fails in a batch for a reason that no savepoint caught fails alone."""
        if len(steps) == 1:
            return Batch(store, steps), [RuntimeError("the step failed at commit")]
        for step in steps:
            self._answer(*self._commit(store, [step]))
        return Batch(store, []), []

    def _answer_all(self, batch: Batch, results: list[Any]) -> None:
        for step, result in zip(batch.steps, results, strict=True):
            try:
                if isinstance(result, Exception):
                    step.failed(result)
                else:
                    step.done(result, batch)
            except Exception:
                log.exception("answering a step failed")
        self._publish(batch)
        if batch.entries:
            counters.delivery.observe(time.monotonic() - batch.steps[0].received)
