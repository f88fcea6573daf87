"""Photographs the pages for README and docs: `make screenshots`, with Debian's chromium.

A server of its own, on an empty data folder: its demo table is in full swing, and the rest is made on its own pages.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.support.server import ServerProcess

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / "docs/images"
LANDING = PROJECT / "static/game/lobby"
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
TABLET: ViewportSize = {"width": 1024, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
MOST_BYTES = 300 * 1024


class Seat:
    """One person at the demo table, in a browser profile of their own."""

    def __init__(self, browser: Browser, site: ServerProcess, name: str) -> None:
        self.page = browser.new_context(viewport=DESKTOP, color_scheme="dark").new_page()
        self.page.goto(site.origin)
        self.page.locator(f"button[name=username][value={name}]").click()
        self.page.wait_for_url("**/play/*/")
        expect(self.page.get_by_text("Connected")).to_be_visible()
        hint = self.page.get_by_role("button", name="Got it")
        while hint.count():
            hint.click()


def about_to_roll(alice: Seat) -> None:
    """It is Wren's turn, and a formula is written."""
    expect(alice.page.get_by_role("heading", name="Your turn")).to_be_visible()
    formula = alice.page.get_by_label("Formula", exact=True)
    formula.fill("2d20kh1 + 6")
    formula.blur()


def photograph(page: Page, name: str) -> None:
    """What is in view, as docs/images/NAME.png."""
    page.mouse.move(0, 0)
    page.evaluate("document.fonts.ready")
    picture = page.screenshot(animations="disabled", caret="hide")
    if len(picture) > MOST_BYTES:
        raise SystemExit(f"{name}.png has {len(picture) // 1024} KiB: more than README should load")
    (FOLDER / f"{name}.png").write_bytes(picture)


def photograph_for_landing(page: Page, name: str) -> None:
    """What is in view, smaller, as static/game/lobby/NAME.jpg: the landing page shows it."""
    page.screenshot(path=LANDING / f"{name}.jpg", type="jpeg", quality=82, animations="disabled", caret="hide")


def photograph_table(dm: Page, page: Page) -> None:
    """As its DM sees it; as a player does, in the dark, by light, and on a phone."""
    photograph(dm, "table-dm")
    photograph(page, "table-dark")
    photograph_for_landing(page, "table-dark")
    page.emulate_media(color_scheme="light")
    photograph(page, "table-light")
    photograph_for_landing(page, "table-light")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    expect(page.get_by_role("navigation", name="Table")).to_be_visible()
    photograph(page, "table-phone")
    page.set_viewport_size(DESKTOP)


def photograph_pages(site: ServerProcess, dm: Page, alice: Page) -> None:
    """The lobby as a player sees it, a campaign and an invitation as a DM does; they stay at the table meanwhile."""
    alice = alice.context.new_page()
    alice.goto(f"{site.origin}/lobby/")
    alice.get_by_label("Name").fill("The Night Market")
    alice.get_by_role("button", name="Create campaign").click()
    alice.goto(f"{site.origin}/lobby/")
    photograph(alice, "lobby")

    dm = dm.context.new_page()
    dm.goto(f"{site.origin}/lobby/")
    dm.get_by_role("link", name="The Lantern Road").first.click()
    dm.get_by_label("New session").fill("The ferryman’s price")
    dm.get_by_role("button", name="Create session").click()
    campaign = dm.url
    dm.get_by_role("button", name="Create a link").click()
    dm.set_viewport_size(TABLET)
    photograph(dm, "invitation")
    dm.set_viewport_size(DESKTOP)
    dm.goto(campaign)
    photograph(dm, "campaign")


def main() -> None:
    """Take the pictures."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = ServerProcess("uvicorn", Path(folder))
        try:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            dm, alice, _bob = (Seat(browser, site, name) for name in ("dm", "alice", "bob"))
            about_to_roll(alice)
            photograph_table(dm.page, alice.page)
            photograph_pages(site, dm.page, alice.page)
            browser.close()
        finally:
            site.stop()


if __name__ == "__main__":
    main()
