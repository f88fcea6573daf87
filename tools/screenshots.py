"""Photographs the pages for README and docs: `make screenshots`, with Debian's chromium.

A server of its own, on an empty data folder, is played on through its own pages; of its dice only one is not chance.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright
from websockets.sync.client import connect

from tests.support.server import ServerProcess

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / "docs/images"
LANDING = PROJECT / "static/game/lobby"
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
TABLET: ViewportSize = {"width": 1024, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
MOST_BYTES = 300 * 1024

ARRIVAL = (
    "The third lamp is cold already. Salt creaks under your boots, and where its light should end "
    "there stands a second dark, one that breathes."
)
AMBUSH = (
    "Something unfolds behind the post: a man’s coat, too long, and nobody in it. "
    "Low in the reeds a hound begins to growl."
)
FIGHTERS = (("Wren Ashdown", 17, 24), ("The Snuffer", 14, 30), ("Tobin Marsh", 12, 31), ("Salt hound", 9, 11))
NATURAL_20 = {"formula": "1d20 + 6", "rolls": [20], "modifier": 6, "result": 26}


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

    def says(self, words: str, how: str = "Say") -> None:
        """Say it, or do it by a quick action."""
        if how != "Say":
            self.page.get_by_role("button", name=how, exact=True).click()
        with self._one_line_more():
            self._send("Message", words)

    def narrates(self, words: str) -> None:
        """As the DM."""
        with self._one_line_more():
            self._send("Narration", words)

    def rolls(self, formula: str) -> None:
        """By the dice tray."""
        with self._one_line_more():
            self._send("Formula", formula)

    def lines(self) -> Locator:
        """What stands in the log."""
        return self.page.get_by_role("log").get_by_role("listitem")

    def _send(self, field: str, words: str) -> None:
        self.page.get_by_label(field, exact=True).fill(words)
        self.page.get_by_label(field, exact=True).press("Enter")

    @contextmanager
    def _one_line_more(self) -> Iterator[None]:
        """The next one speaks only when this line stands in the log."""
        before = self.lines().count()
        yield
        expect(self.lines()).not_to_have_count(before)
        expect(self.page.get_by_role("list", name="On the way")).to_have_count(0)


def report_roll(site: ServerProcess) -> None:
    """Dice that Alice threw by hand, told by a program of hers beside the page."""
    demo = site.demo()
    token = demo["users"]["alice"]["token"]
    character = site.shell(
        "from game.campaign.models import Character; print(Character.objects.get(owner__username='alice').pk)"
    )
    address = f"{site.address}/ws/game/{demo['session']}?character_id={character}"
    with connect(address, subprotocols=["rollscape.v1", f"bearer.{token}"]) as socket:  # type: ignore[list-item]
        socket.send(json.dumps({"event": "dice_roll", "data": NATURAL_20, "id": "by-hand"}))
        while json.loads(socket.recv(timeout=10))["event"] != "ack":
            pass


def begin_fight(dm: Seat) -> None:
    """Everybody in the order, and the first one's turn."""
    dm.page.get_by_role("tab", name="Combat").click()
    dm.page.get_by_role("button", name="Start combat").click()
    form = dm.page.locator("form", has_text="Add combatant")
    for place, (name, initiative, hit_points) in enumerate(FIGHTERS, 1):
        form.get_by_label("Name").fill(name)
        form.get_by_label("Initiative").fill(str(initiative))
        form.get_by_label("Hit points").fill(str(hit_points))
        form.get_by_role("button", name="Add").click()
        expect(dm.page.get_by_role("list", name="Combatants").get_by_role("listitem")).to_have_count(place)
    dm.page.get_by_role("button", name="Next turn").click()


def play(site: ServerProcess, dm: Seat, alice: Seat, bob: Seat) -> None:
    """A short scene, up to Wren's turn."""
    dm.narrates(ARRIVAL)
    bob.says("Nobody light anything yet.")
    alice.says("the foot of the lamp post", how="Search")
    alice.rolls("2d20kh1 + 5")
    dm.says("Tallow, still soft. And drag marks that stop after two steps.")
    bob.says("Light at the lamp post", how="Cast")
    dm.narrates(AMBUSH)
    begin_fight(dm)
    expect(alice.page.get_by_role("heading", name="Your turn")).to_be_visible()
    alice.says("The Snuffer with Shortbow", how="Attack")
    report_roll(site)
    expect(alice.lines().get_by_text("Rolled by hand")).to_be_visible()
    alice.rolls("2d6 + 4")
    wound = dm.page.get_by_label("Hit points left: The Snuffer")
    wound.fill("13")
    wound.blur()
    expect(alice.page.get_by_text("13 / 30").first).to_be_visible()
    bob.says("Right through the collar!")
    expect(alice.lines().last).to_contain_text("Right through the collar!")
    formula = alice.page.get_by_label("Formula", exact=True)
    formula.fill("2d20kh1 + 5")
    formula.blur()
    for seat in (dm, alice):
        expect(seat.page.locator(".celebration")).to_have_count(0)


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
    """Play and take the pictures."""
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = ServerProcess("uvicorn", Path(folder))
        try:
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
            dm, alice, bob = (Seat(browser, site, name) for name in ("dm", "alice", "bob"))
            play(site, dm, alice, bob)
            photograph_table(dm.page, alice.page)
            photograph_pages(site, dm.page, alice.page)
            browser.close()
        finally:
            site.stop()


if __name__ == "__main__":
    main()
