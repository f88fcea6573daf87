"""A real browser, and people who use it."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.seat import Seat
from tests.conftest import StartServer
from tests.support.require import require_chromium
from tests.support.server import ServerProcess

SitDown = Callable[[str], Awaitable[Seat]]
ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    """Debian's Chromium; Playwright's own downloads are not needed."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=require_chromium(), args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def site(start_server: StartServer) -> ServerProcess:
    """A server as `make run` starts it on an empty machine."""
    require_chromium()
    return start_server("uvicorn-sqlite")


@pytest.fixture
async def sit_down(chromium: Browser, site: ServerProcess) -> AsyncIterator[SitDown]:
    """`await sit_down("alice")`: she clicks herself to the demo table, in a browser profile of her own."""
    seats: list[Seat] = []

    async def sit(name: str) -> Seat:
        seat = await Seat.take(chromium, site.origin, name)
        seats.append(seat)
        return seat

    yield sit
    for seat in seats:
        assert seat.complaints == []
