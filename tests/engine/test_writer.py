"""The group commit: one transaction for all who wait, nothing answered before it, nothing done twice."""

import threading
from typing import Any

import pytest
from django.db import IntegrityError, connection

from game.engine.log import writer
from game.engine.log.writer import Batch
from game.errors import Busy, Conflict
from tests.engine.desk import Breaks, Desk, Gate, Note, Refuses, Violates
from tests.engine.table import until


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
