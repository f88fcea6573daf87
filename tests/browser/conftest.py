"""A real browser, and people who use it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.browser.seat import Seat
from tests.conftest import StartServer
from tests.support.require import require_chromium
from tests.support.server import ServerProcess

SitDown = Callable[..., Awaitable[Seat]]
Visit = Callable[..., Awaitable[Seat]]
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One loop for all tests here, since they share the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium; Playwright's own downloads are not needed."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=require_chromium(), args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def chromium(browser: Browser) -> AsyncIterator[Browser]:
    """The browser, without a profile in it; those of the test are gone after it."""
    yield browser
    for context in browser.contexts:
        await context.close()


@pytest.fixture(scope="module")
def site(start_server: StartServer) -> Iterator[ServerProcess]:
    """A server whose demo table is still empty; each file has one, whatever others said at its table."""
    require_chromium()
    server = start_server("uvicorn-sqlite")
    server.clear_table()
    yield server
    server.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def seats() -> AsyncIterator[list[Seat]]:
    """Everybody of this test; nobody's browser may have complained."""
    seats: list[Seat] = []
    yield seats
    for seat in seats:
        assert seat.complaints == []


@pytest.fixture
def sit_down(chromium: Browser, site: ServerProcess, seats: list[Seat]) -> SitDown:
    """`await sit_down("alice")`: she clicks herself to the demo table, in a browser profile of her own."""

    async def sit(name: str, **context: Any) -> Seat:
        seats.append(seat := await Seat.take(chromium, site.origin, name, **context))
        return seat

    return sit


@pytest.fixture
def visit(chromium: Browser, site: ServerProcess, seats: list[Seat]) -> Visit:
    """`await visit("/join/")`: somebody new opens that page, or a whole address, in a browser profile of their own."""

    async def visit(address: str, **context: Any) -> Seat:
        address = f"{site.origin}{address}" if address.startswith("/") else address
        seats.append(seat := await Seat.open(chromium, address, **context))
        return seat

    return visit
