"""People with accounts."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.revocation import access_changed

PASSWORD = "the lamp went out at nine"


@pytest.fixture(autouse=True)
def quick_hashes(settings: Settings) -> None:
    """Hashing is slow by design, and not what is tested here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nobody_signed_up_yet() -> None:
    """What is counted by address or name outlives a test."""
    cache.clear()


@pytest.fixture
def ann(quick_hashes: None, db: None) -> User:
    return User.objects.create_user("ann", "ann@example.org", PASSWORD)


@pytest.fixture
def bob(db: None) -> User:
    return User.objects.create_user("bob", password=None)


@pytest.fixture
def browser_of_ann(ann: User) -> Client:
    browser = Client()
    browser.force_login(ann, "django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """The user ids that `access_changed` was sent with."""
    ids: list[int] = []

    def hear(user_id: int, **kwargs: object) -> None:
        ids.append(user_id)

    access_changed.connect(hear)
    yield ids
    access_changed.disconnect(hear)
