"""The group commit: one transaction for all who wait, nothing answered before it, nothing done twice."""

import asyncio
import itertools
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection

from game import writer
from game.errors import Busy, Conflict, Refused
from game.models import LogEntry, Session
from game.play import Said
from game.reading import read
from game.storage import SqliteStorage
from game.writer import Batch, Step, Writer
from tests.engine.table import Guest, Table, lay, until


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


@pytest.fixture
async def desk(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    monkeypatch.setattr(writer, "PAUSES", (0.0,) * 4)
    campaign = (await read(lay))[0].campaign
    sessions = await read(lambda: [Session.objects.create(campaign=campaign, title=t) for t in "ab"])
    desk = Desk(sessions)
    yield desk
    await desk.writer.stop()


def fail(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, *, calls: tuple[int, ...], after: bool) -> None:
    """These calls of the method, counted from 1, raise OperationalError: before it has worked or after."""
    method: Callable[..., Any] = getattr(owner, name)
    count = itertools.count(1)

    def failing(*args: Any, **kwargs: Any) -> Any:
        if next(count) not in calls:
            return method(*args, **kwargs)
        if after:
            method(*args, **kwargs)
        raise OperationalError("the database went away")

    monkeypatch.setattr(owner, name, failing)


# One transaction -----------------------------------------------------------------------------------


async def test_all_who_wait_share_one_transaction_and_keep_their_order(desk: Desk) -> None:
    answers = await desk.together(*(desk.note(str(n), session=n % 2) for n in range(10)))

    assert answers == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert desk.commits == [0, 10]
    assert await desk.logged(0) == list("02468")
    assert await desk.logged(1) == list("13579")


@pytest.mark.parametrize("writes", [False, True])
@pytest.mark.parametrize(("kind", "error"), [(Refuses, Conflict), (Breaks, ZeroDivisionError)])
async def test_who_fails_fails_alone(desk: Desk, kind: type[Note], error: type[Exception], *, writes: bool) -> None:
    first, broken, last = desk.note("first"), desk.note("broken", kind=kind, writes=writes), desk.note("last")

    answers = await desk.together(first, broken, last)

    assert isinstance(answers[1], error)
    assert (answers[0], answers[2]) == (1, 2)
    assert desk.commits == [0, 2]
    assert await desk.logged() == ["first", "last"]


async def test_a_statement_that_fails_in_a_savepoint_fails_alone(desk: Desk) -> None:
    answers = await desk.together(desk.note("first"), desk.note("x", kind=Violates, writes=True), desk.note("last"))

    assert isinstance(answers[1], IntegrityError)
    assert await desk.logged() == ["first", "last"]
    assert desk.commits == [0, 2]


async def test_a_statement_that_fails_without_a_savepoint_spoils_nothing_for_others(desk: Desk) -> None:
    answers = await desk.together(desk.note("first"), desk.note("x", kind=Violates), desk.note("last"))

    assert isinstance(answers[1], Exception)
    assert await desk.logged() == ["first", "last"]
    assert desk.published == [1, 2]


async def test_a_session_that_nobody_knows_is_the_steps_own_affair(desk: Desk) -> None:
    answers = await desk.together(desk.note("first"), Note(4711, "nowhere"))

    assert answers[0] == 1
    assert isinstance(answers[1], AssertionError)


# Full, and stopped ---------------------------------------------------------------------------------


async def test_a_full_queue_says_busy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MAX_WAITING", 2)

    answers = await desk.together(*(desk.note(str(n)) for n in range(4)))

    assert answers[:2] == [1, 2]
    assert all(isinstance(answer, Busy) and answer.retry_after for answer in answers[2:])
    assert await desk.logged() == ["0", "1"]


async def test_a_stop_commits_and_answers_what_waits(desk: Desk) -> None:
    gate, notes = Gate(), [desk.note(str(n)) for n in range(3)]
    desk.writer.submit(gate)
    for note in notes:
        desk.writer.submit(note)
    threading.Timer(0.05, gate.open.set).start()

    await desk.writer.stop()

    assert [note.result for note in notes] == [1, 2, 3]
    assert await desk.logged() == ["0", "1", "2"]


async def test_after_a_stop_it_says_busy(desk: Desk) -> None:
    await desk.writer.stop()
    late = desk.note("late")

    desk.writer.submit(late)
    await until(lambda: late.result is not None, "answered")

    assert isinstance(late.result, Busy)
    assert await desk.logged() == []


# The database goes away ----------------------------------------------------------------------------


async def test_what_fails_before_the_commit_is_tried_again_and_done_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, SqliteStorage, "append", calls=(1,), after=True)

    answers = await desk.together(desk.note("one"), desk.note("two"))

    assert answers == [1, 2]
    assert await desk.logged() == ["one", "two"]
    assert desk.published == [1, 2]


async def test_a_commit_whose_answer_was_lost_is_not_done_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.together(desk.note("zero"))
    fail(monkeypatch, desk.writer, "_transact", calls=(2,), after=True)

    answers = await desk.together(desk.note("one"), desk.note("two"))

    assert answers == [2, 3]
    assert await desk.logged() == ["zero", "one", "two"]
    assert desk.published == [1, 2, 3]


async def test_nothing_is_taken_for_done_that_was_not(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    # Written, and rolled back with the connection; then gone again, as soon as it looks anew.
    fail(monkeypatch, Batch, "flush", calls=(1,), after=True)
    fail(monkeypatch, SqliteStorage, "now", calls=(2, 3), after=False)
    note = desk.note("one")

    desk.writer.submit(note)
    await until(lambda: note.result is not None, "answered")

    assert note.result == 1
    assert await desk.logged() == ["one"]


async def test_while_the_database_stays_away_everybody_hears_busy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    note, later = desk.note("one"), desk.note("two")
    fail(monkeypatch, SqliteStorage, "lock", calls=(1, 2, 3, 4), after=False)

    answers = await desk.together(note)
    again = await desk.together(later)

    assert isinstance(answers[0], Busy)
    assert again == [1]
    assert desk.published == [1]
    assert await desk.logged() == ["two"]


async def test_time_is_taken_under_the_lock(desk: Desk) -> None:
    class Looks(Note):
        """Remembers the time."""

        def run(self, batch: Batch) -> Any:
            """Look at the clock."""
            assert connection.in_atomic_block
            assert batch.rows
            return batch.now

    earlier, later = await desk.together(desk.note("", kind=Looks)), await desk.together(desk.note("", kind=Looks))

    assert earlier[0] < later[0]


# Commands ------------------------------------------------------------------------------------------


async def test_a_repeated_command_is_carried_out_once(table: Table) -> None:
    alice = await table.sit("alice")

    at_once = await asyncio.gather(*(alice.says("dice_roll", id="k", formula="1d1000") for _ in range(3)))
    later = await alice.said("dice_roll", id="k", formula="1d1000")

    # The first roll of a session comes behind a commitment to its dice.
    assert [*at_once, later] == [Said(2, duplicate=False), *[Said(2, duplicate=True)] * 3]
    assert [entry.command_id for entry in await table.log()] == [None, "k"]


async def test_a_key_is_its_authors_own(table: Table) -> None:
    alice, bob = await table.sit("alice"), await table.sit("bob")

    await alice.said("chat_message", id="k", message="from alice")
    said = await bob.said("chat_message", id="k", message="from bob")

    assert not said.duplicate
    assert len(await table.log()) == 2


async def test_a_refused_command_leaves_its_key_free(table: Table) -> None:
    alice = await table.sit("alice")

    refused = await alice.says("dice_roll", id="k", formula="1d6", result=7, rolls=[7])
    said = await alice.said("dice_roll", id="k", formula="1d6")

    assert isinstance(refused, Refused)
    assert not said.duplicate


async def test_nothing_is_answered_before_it_is_in_the_log(table: Table) -> None:
    alice: Guest = await table.sit("alice")

    for number in range(1, 4):
        said = await alice.said("chat_message", message=str(number))
        assert [entry.seq for entry in await table.log()] == list(range(1, said.seq + 1))
