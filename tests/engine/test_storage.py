"""The writer's own transaction keeps what Django's `atomic` promises to the code that runs inside it."""

from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from game.engine.log.storage import storage

pytestmark = pytest.mark.django_db(transaction=True)


def names() -> set[str]:
    return set(User.objects.values_list("username", flat=True))


def test_what_was_done_inside_stays_and_the_hooks_run_after_it() -> None:
    heard: list[bool] = []
    with storage().transaction():
        User.objects.create(username="stays")
        transaction.on_commit(lambda: heard.append(connection.in_atomic_block))
        assert heard == []
    assert names() == {"stays"}
    assert heard == [False]


def test_an_error_takes_everything_back_and_the_hooks_with_it() -> None:
    heard: list[bool] = []

    def fail() -> None:
        with storage().transaction():
            User.objects.create(username="goes")
            transaction.on_commit(lambda: heard.append(True))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with storage().transaction():
        User.objects.create(username="next")
    assert names() == {"next"}
    assert heard == []


def test_a_block_inside_is_a_savepoint() -> None:
    with storage().transaction():
        User.objects.create(username="stays")
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(username="stays")
        User.objects.create(username="after")
    assert names() == {"stays", "after"}


def test_nothing_is_kept_of_what_a_failed_block_without_a_savepoint_left() -> None:
    def fail_inside() -> None:
        with transaction.atomic(savepoint=False):
            raise LookupError

    def go_on() -> None:
        with storage().transaction():
            User.objects.create(username="goes")
            with suppress(LookupError):
                fail_inside()

    with pytest.raises(transaction.TransactionManagementError):
        go_on()
    assert names() == set()
    assert not connection.needs_rollback


def test_a_constraint_that_is_checked_at_the_commit_takes_everything_back() -> None:
    from game.engine.models import Session

    with pytest.raises(IntegrityError), storage().transaction():
        Session.objects.create(campaign_id=10**6)
    assert Session.objects.count() == 0
    assert connection.get_autocommit()
