"""Guessing passwords is slow."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import F
from django.test import Client

from accounts import lockout
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


@pytest.mark.parametrize(
    "address",
    [lambda n: f"2001:db8::{n:x}", lambda n: ("192.0.2.7", "::ffff:192.0.2.7", "::FFFF:c000:207")[n % 3]],
    ids=["a network of IPv6", "one address, written differently"],
)
def test_a_household_is_locked_whatever_address_of_it_tries(ann: User, address: Callable[[int], str]) -> None:
    for number in range(settings.AXES_FAILURE_LIMIT):
        by_page("ann", "wrong", REMOTE_ADDR=address(number + 1))

    assert by_page("ann", PASSWORD, REMOTE_ADDR=address(99)).status_code == 429
    assert by_page("ann", PASSWORD, REMOTE_ADDR="2001:db8:0:1::1").status_code == 302


@pytest.mark.parametrize("attempt", [by_page, by_token])
def test_one_address_cannot_try_any_number_of_names(ann: User, attempt: Any) -> None:
    for number in range(100):
        attempt(f"guest{number}", "wrong", REMOTE_ADDR="192.0.2.9")

    refused = attempt("ann", PASSWORD, REMOTE_ADDR="192.0.2.9")

    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert attempt("ann", PASSWORD, REMOTE_ADDR="192.0.2.10").status_code in {200, 302}


def test_a_name_that_is_tried_from_everywhere_is_slowed_down_and_not_locked(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    for number in range(40):
        by_page("ann", "wrong", REMOTE_ADDR=f"192.0.2.{number + 1}")
    assert slept

    assert by_page("ann", PASSWORD, REMOTE_ADDR="198.51.100.1").status_code == 302
    assert max(slept) <= lockout.LONGEST


def test_of_an_attempt_neither_form_nor_address_is_kept(ann: User) -> None:
    token = "AbCdEfGhIjKlMnOpQrStUv"
    for _ in range(2):
        form = {"username": "ann", "password": "no", "next": f"/join/{token}/"}
        Client().post(f"/sign-in/?next=/join/{token}/", form)

    attempt = AccessAttempt.objects.get()
    assert token not in repr(vars(attempt))


def test_what_is_known_of_sign_ins_goes_after_a_month(ann: User) -> None:
    AccessLog.objects.create(username="ann", path_info="/sign-in/")
    AccessLog.objects.update(attempt_time=F("attempt_time") - timedelta(days=31))

    by_page("ann", PASSWORD)

    assert AccessLog.objects.count() == 1
