"""The probes."""

import threading
import time
from collections.abc import Iterator

import pytest
from django.test import AsyncClient, Client

from game.engine import health


def test_it_lives_without_asking_the_database(client: Client) -> None:
    """Without the database's mark, a query would fail the test."""
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.fixture(autouse=True)
def nothing_was_committed_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """One success speaks for a second."""
    monkeypatch.setattr(health, "_committed", float("-inf"))


@pytest.mark.django_db(transaction=True)
async def test_it_is_ready_when_database_and_layer_answer(async_client: AsyncClient) -> None:
    response = await async_client.get("/readyz")

    assert (response.status_code, response.json()) == (200, {"failed": []})


async def test_a_database_that_fails_is_named(async_client: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> bool:
        raise OSError("no such host")

    monkeypatch.setattr(health, "_commits", fails)

    response = await async_client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"failed": ["database"]})


@pytest.fixture
def hanging_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database that says nothing until the test is over."""
    released = threading.Event()
    monkeypatch.setattr(health, "_commits", lambda: released.wait(30))
    monkeypatch.setattr(health, "PATIENCE", 0.2)
    yield
    released.set()


@pytest.mark.usefixtures("hanging_database")
async def test_silence_is_failure_and_is_waited_for_briefly(async_client: AsyncClient) -> None:
    for _ in range(3):  # the probes that follow are not held up by the one before
        began = time.monotonic()
        response = await async_client.get("/readyz")
        assert response.json() == {"failed": ["database"]}
        assert time.monotonic() - began < 2


@pytest.mark.django_db(transaction=True)
async def test_a_layer_that_does_not_answer_is_named(
    async_client: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Deaf:
        async def answers(self) -> bool:
            return False

    monkeypatch.setattr(health, "get_channel_layer", Deaf)

    response = await async_client.get("/readyz")

    assert (response.status_code, response.json()) == (503, {"failed": ["channel_layer"]})
