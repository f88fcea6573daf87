"""The database goes away: a batch is tried again, and nothing is done twice."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from game.engine.log.storage import SqliteStorage
from game.engine.log.writer import Batch
from game.errors import Busy
from tests.engine.desk import Desk
from tests.engine.table import until


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
