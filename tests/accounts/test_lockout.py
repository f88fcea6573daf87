"""Guessing passwords is slow."""

import json
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import F
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def by_page(username: str, password: str, **address: Any) -> Any:
    return Client().post("/sign-in/", {"username": username, "password": password}, **address)


def by_token(username: str, password: str, **address: Any) -> Any:
    body = json.dumps({"username": username, "password": password})
    return Client().post("/api/token/", body, content_type="application/json", **address)


def guess_until_locked(attempt: Any) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        attempt("ann", "wrong")


@pytest.mark.parametrize("attempt", [by_page, by_token])
def test_the_tenth_wrong_password_locks_the_page_and_the_tokens(ann: User, attempt: Any) -> None:
    guess_until_locked(attempt)

    page, tokens = by_page("ann", PASSWORD), by_token("ann", PASSWORD)

    assert (page.status_code, tokens.status_code) == (429, 429)
    assert "Too many failed attempts" in page.content.decode()
    assert tokens.json()["code"] == "too_many_attempts"


def test_another_spelling_of_the_name_is_locked_too(ann: User) -> None:
    guess_until_locked(by_page)

    assert by_page("ANN", PASSWORD).status_code == 429
    assert by_token("ａｎｎ", PASSWORD).status_code == 429


def test_only_that_name_from_that_address_is_locked(ann: User) -> None:
    User.objects.create_user("bob", password=PASSWORD)
    guess_until_locked(by_page)

    assert by_page("bob", PASSWORD).status_code == 302
    assert by_page("ann", PASSWORD, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_trying_while_locked_out_does_not_prolong_it(ann: User) -> None:
    guess_until_locked(by_page)
    before = AccessAttempt.objects.values_list("attempt_time", "failures_since_start").get()

    by_page("ann", "wrong")

    assert AccessAttempt.objects.values_list("attempt_time", "failures_since_start").get() == before


def test_after_five_minutes_one_may_try_again(ann: User) -> None:
    guess_until_locked(by_page)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=5, seconds=1))

    assert by_page("ann", PASSWORD).status_code == 302


def test_no_password_is_kept_with_the_attempts(ann: User) -> None:
    by_page("ann", "almost my password")

    attempt = AccessAttempt.objects.get()
    assert "almost my password" not in attempt.post_data + attempt.get_data
