"""A writer alone, and steps that go wrong in every way."""

import asyncio
import threading
from typing import Any

from game.engine.log.writer import Batch, Step, Writer
from game.engine.models import LogEntry, Session
from game.engine.readers import read
from game.errors import Conflict
from tests.engine.table import until


class Note(Step):
    """Appends an entry; what it was answered is in `result`."""

    def __init__(self, session_id: int, text: str, *, writes: bool = False) -> None:
        self.session_id: int = session_id
        self.text = text
        self.writes = writes
        self.result: Any = None

    def run(self, batch: Batch) -> int:
        """Log it; the seq."""
        row = batch.row(self.session_id)
        assert row is not None
        entry = batch.append(row, "note", f'"{self.text}"'.encode(), None, None, None)
        self.after(batch)
        return entry.seq

    def after(self, batch: Batch) -> None:
        """What goes wrong then."""

    def done(self, result: Any, batch: Batch) -> None:
        """Committed."""
        self.result = result

    def failed(self, error: Exception) -> None:
        """Refused or broken."""
        self.result = error


class Refuses(Note):
    """Changes its mind after it has logged."""

    def after(self, batch: Batch) -> None:
        """Refuse."""
        raise Conflict("no")


class Breaks(Note):
    """A bug."""

    def after(self, batch: Batch) -> None:
        """Break."""
        raise ZeroDivisionError


class Violates(Note):
    """A statement that the database refuses."""

    def after(self, batch: Batch) -> None:
        """Break a constraint."""
        Session.objects.filter(pk=self.session_id).update(seq=-1)


class Gate(Step):
    """Keeps the writer busy until it is opened, so that what is submitted meanwhile makes one batch."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.open = threading.Event()

    def run(self, batch: Batch) -> None:
        """Wait."""
        self.reached.set()
        assert self.open.wait(10)


class Desk:
    """A writer, what it published and how much each of its batches committed."""

    def __init__(self, sessions: list[Session]) -> None:
        self.sessions = [session.pk for session in sessions]
        self.commits: list[int] = []
        self.published: list[int] = []
        self.writer = Writer(asyncio.get_running_loop(), self.commits.append, self._publish)

    def _publish(self, batch: Batch) -> None:
        self.published += [entry.seq for entry in batch.entries]

    async def together(self, *steps: Note) -> list[Any]:
        """Submit them so that they share a batch; their answers."""
        gate = Gate()
        self.writer.submit(gate)
        await asyncio.to_thread(gate.reached.wait, 10)
        for step in steps:
            self.writer.submit(step)
        gate.open.set()
        await until(lambda: all(step.result is not None for step in steps), "answered")
        return [step.result for step in steps]

    def note(self, text: str, session: int = 0, kind: type[Note] = Note, **options: Any) -> Note:
        """A step."""
        return kind(self.sessions[session], text, **options)

    async def logged(self, session: int = 0) -> list[str]:
        """What is in the log, in order."""
        entries = LogEntry.objects.filter(session_id=self.sessions[session]).order_by("seq")
        return await read(lambda: [entry.data.strip('"') for entry in entries])
