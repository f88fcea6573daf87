"""Passwords: few are hashed at a time, however they were typed, and old hashes hold."""

import json
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, identify_hasher, make_password
from django.test import Client
from pytest_django import Settings

from accounts import hashers
from accounts.limits import LimitReached
from accounts.models import User

pytestmark = pytest.mark.django_db

TYPED = "Käthe naïve Ångström"
COMPOSED, DECOMPOSED = unicodedata.normalize("NFC", TYPED), unicodedata.normalize("NFD", TYPED)
EVERYBODY = hashers.AT_ONCE + hashers.WAITING


@pytest.fixture(autouse=True)
def slow_hashes(quick_hashes: None, settings: Settings) -> None:
    """As in earnest."""
    settings.PASSWORD_HASHERS = ["accounts.hashers.Argon2", "accounts.hashers.PBKDF2"]


@pytest.fixture
def old_ann() -> User:
    """Her password was hashed by a former version, as she typed it."""
    ann = User.objects.create_user("ann", password=None)
    User.objects.filter(pk=ann.pk).update(password=Argon2PasswordHasher().encode(DECOMPOSED, "salt of old"))
    return User.objects.get()


def test_one_hash_takes_nineteen_megabytes_and_one_thread() -> None:
    encoded = make_password("the lamp went out at nine")

    assert "$m=19456,t=2,p=1$" in encoded
    assert not identify_hasher(encoded).must_update(encoded)


@pytest.mark.parametrize(
    ("kind", "chosen", "typed"),
    [("argon2", COMPOSED, DECOMPOSED), ("argon2", DECOMPOSED, COMPOSED), ("pbkdf2_sha256", COMPOSED, DECOMPOSED)],
)
def test_a_letter_is_the_same_however_it_is_composed(kind: str, chosen: str, typed: str) -> None:
    encoded = make_password(chosen, hasher=kind)

    assert check_password(typed, encoded)
    assert check_password(chosen, encoded)
    assert not check_password(typed + "x", encoded)


def test_an_older_hash_holds_and_is_renewed_by_signing_in_which_signs_nobody_out(old_ann: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(old_ann, "django.contrib.auth.backends.ModelBackend")

    answer = Client().post("/sign-in/", {"username": "ann", "password": DECOMPOSED})

    renewed = User.objects.get()
    assert answer.status_code == 302
    assert "$m=19456,t=2,p=1$" in renewed.password
    assert renewed.token_version == old_ann.token_version
    assert renewed.check_password(COMPOSED)
    assert elsewhere.get("/profile/").status_code == 200


def test_a_session_from_before_the_update_holds(old_ann: User) -> None:
    browser = Client()
    browser.force_login(old_ann, "django.contrib.auth.backends.ModelBackend")
    session = browser.session
    session["_auth_user_hash"] = old_ann._session_hash(f"{old_ann.token_version}:{old_ann.password}", None)
    session.save()

    assert browser.get("/profile/").status_code == 200


@pytest.fixture
def busy() -> Iterator[None]:
    """All who may hash and all who may wait for it do."""
    free, begun = Event(), Event()

    def wait() -> bool:
        begun.set()
        return free.wait(30)

    with ThreadPoolExecutor(EVERYBODY) as people:
        turns = [people.submit(hashers.in_turn, wait)]
        begun.wait()
        while len(turns) < EVERYBODY:
            turns.append(people.submit(hashers.in_turn, free.wait))
        while hashers._room.acquire(blocking=False):
            hashers._room.release()
        yield
        free.set()
        assert all(turn.result() for turn in turns)


def by_page() -> Any:
    return Client().post("/sign-in/", {"username": "ann", "password": "x"})


def by_token() -> Any:
    body = json.dumps({"username": "nobody", "password": "x"})
    return Client().post("/api/token/", body, content_type="application/json")


def by_sign_up() -> Any:
    password = "the lamp went out at nine"
    return Client().post("/sign-up/", {"username": "zoe", "password1": password, "password2": password})


@pytest.mark.parametrize("ask", [by_page, by_token, by_sign_up])
def test_who_finds_too_many_waiting_is_asked_to_come_again(old_ann: User, busy: None, ask: Any) -> None:
    answer = ask()

    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "busy checking passwords" in answer.content.decode()


def test_whoever_else_wants_a_hash_hears_it_too(busy: None) -> None:
    with pytest.raises(LimitReached):
        make_password("x")
