"""A DM makes a roll table, and the table draws from it."""

import asyncio
from pathlib import Path

from playwright.async_api import expect

from tests.browser.axe import STILL, is_accessible
from tests.browser.conftest import SitDown
from tests.browser.page.test_phone import PHONE, _is_touchable
from tests.browser.page.test_valid_table import _are_valid, _write, config
from tests.browser.seat import Seat

__all__ = ["config"]


async def draws(seat: Seat, name: str) -> None:
    await seat.page.get_by_role("button", name="Roll tables").click()
    await seat.page.get_by_role("button", name=f"Draw from {name}").click()


async def imports(seat: Seat, name: str, rows: str, *, deck: bool = False) -> None:
    """From the table to the campaign's pages, and back."""
    page = seat.page
    table = page.url
    await page.get_by_role("button", name="Roll tables").click()
    await page.get_by_role("dialog").get_by_role("link").click()
    await page.get_by_label("New roll table").fill(name)
    await page.get_by_role("button", name="Create table").click()
    await page.get_by_label("Rows optional").fill(rows)
    await page.get_by_role("button", name="Import").click()
    await expect(page.get_by_role("status")).to_contain_text("imported")
    await page.get_by_label("Players may draw").check()
    if deck:
        await page.get_by_label("Rows can be drawn again").uncheck()
    await page.get_by_role("button", name="Save", exact=True).click()
    await is_accessible(seat)
    await page.goto(table)
    await seat.is_seated()


async def test_a_table_is_imported_and_drawn_from(sit_down: SitDown, config: Path, tmp_path: Path) -> None:
    dm = await sit_down("dm", **STILL)
    await imports(dm, "Omens", "1-3,<b>A raven</b> with [[1d1+41]] feathers")
    alice = await sit_down("alice", **PHONE)

    await alice.page.get_by_role("button", name="Dice", exact=True).click()
    await alice.page.get_by_role("button", name="Roll tables").click()
    await expect(alice.page.get_by_role("button", name="Draw from Omens")).to_be_visible()
    await _is_touchable(alice.page, ".tray__tables, .tables-sheet button")
    await alice.page.get_by_role("button", name="Draw from Omens").click()
    await alice.page.get_by_role("button", name="Chat", exact=True).click()

    for someone in (dm, alice):
        card = someone.page.get_by_role("log").locator(".draw")
        await expect(card).to_contain_text("Omens")
        await expect(card).to_contain_text("of 3")
        await expect(card).to_contain_text("<b>A raven</b> with 1d1+41 = 42 feathers")
    await dm.page.get_by_role("button", name="Roll tables").click()
    await expect(dm.page.get_by_role("button", name="Draw from Omens")).to_be_visible()
    await _write(dm.page, tmp_path / "tables.html")
    await is_accessible(dm)
    await asyncio.to_thread(_are_valid, config, tmp_path)


async def test_a_deck_runs_out_and_is_reset(sit_down: SitDown) -> None:
    dm = await sit_down("dm")
    await imports(dm, "Lots", "Short\nLong", deck=True)
    for _ in range(2):
        await draws(dm, "Lots")

    log = dm.page.get_by_role("log")
    await expect(log.get_by_text("Short", exact=True)).to_be_visible()
    await expect(log.get_by_text("Long", exact=True)).to_be_visible()
    await dm.page.get_by_role("tab", name="Dice log").click()
    listed = dm.page.locator(".rolls > li")
    await expect(listed).to_contain_text(["Lots: 1d1", "Lots: 1d2"])
    await dm.page.reload()
    await dm.page.get_by_role("tab", name="Dice log").click()
    await expect(listed).to_contain_text(["Lots: 1d1", "Lots: 1d2"])
    await dm.page.get_by_role("tab", name="Chat").click()
    await dm.page.get_by_role("button", name="Roll tables").click()
    await expect(dm.page.get_by_role("button", name="Draw from Lots")).to_be_disabled()
    await dm.page.get_by_role("button", name="Reset Lots").click()
    await expect(log.get_by_text("Lots was reset")).to_be_visible()


async def test_a_hidden_draw_is_seen_when_it_is_revealed(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    await imports(dm, "Fates", "The lamp goes out.")

    await dm.page.get_by_role("button", name="Roll tables").click()
    await dm.page.get_by_role("dialog").get_by_label("Seen by").select_option("Only you")
    await dm.page.get_by_role("button", name="Draw from Fates").click()
    mine = dm.page.get_by_role("log").locator(".draw", has_text="The lamp goes out.")
    await expect(mine).to_contain_text("Only you see this")
    await mine.get_by_role("button", name="Proof").click()
    await expect(dm.page.get_by_role("dialog")).to_contain_text("the draw is the same: 1.")
    await dm.page.get_by_role("button", name="Close").click()
    await dm.says("Did you see that?")
    await alice.reads("Did you see that?")
    await expect(alice.page.get_by_role("log").get_by_text("The lamp goes out.")).to_have_count(0)

    await mine.get_by_role("button", name="Reveal").click()
    await expect(alice.page.get_by_role("log").get_by_text("The lamp goes out.")).to_be_visible()
