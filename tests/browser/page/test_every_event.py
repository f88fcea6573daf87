"""The page on which all events are tried out; with DEBUG, so the browser loads the modules as they are written."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import expect

from tests.browser.conftest import Visit
from tests.browser.seat import SLOW, Seat
from tests.conftest import StartServer
from tests.support.require import require_chromium


@pytest_asyncio.fixture(loop_scope="session")
async def page(start_server: StartServer, visit: Visit) -> AsyncIterator[Seat]:
    """It, with everybody of the demo table on it."""
    require_chromium()
    server = start_server("uvicorn-sqlite", DEBUG="1")
    yield await visit(f"{server.origin}/test/game-session")
    server.stop()


async def test_everybody_sees_what_was_heard_of_each_event(page: Seat) -> None:
    alice, bob = (page.page.get_by_role("region", name=name, exact=True) for name in ("alice", "bob"))
    await expect(alice.locator("[data-state=connected]").first).to_have_text("Connected", timeout=SLOW)
    for seat in (alice, bob):
        await seat.get_by_text("Every event").click()

    await alice.get_by_label("Event", exact=True).select_option("chat_message")
    await alice.get_by_label("Data").fill('{"message": "Tried out"}')
    await alice.get_by_role("button", name="Send", exact=True).last.click()

    await expect(bob.locator("[data-heard=chat_message] td").nth(1)).to_contain_text("Tried out")
    await expect(alice.locator("[data-heard=ack] td").first).not_to_have_text("0")
    await expect(bob.locator("[data-heard]")).to_have_count(await alice.locator("[data-heard]").count())


async def test_what_is_said_in_passing_is_answered_in_passing(page: Seat) -> None:
    carol = page.page.get_by_role("region", name="carol", exact=True)
    await expect(carol.locator("[data-state=connected]").first).to_have_text("Connected", timeout=SLOW)
    await carol.get_by_text("Every event").click()

    await carol.get_by_label("Event", exact=True).select_option("ping")
    await carol.get_by_label("Data").fill('{"timestamp": 7}')
    await carol.get_by_role("button", name="Say in passing").click()

    await expect(carol.locator("[data-heard=pong] td").nth(1)).to_contain_text('"timestamp":7')
