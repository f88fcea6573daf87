"""Macros and the hotbar: made at the table, run by a key, by a tap, or by nothing but the keyboard."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.axe import STILL, is_accessible
from tests.browser.conftest import SitDown
from tests.browser.page.test_phone import PHONE, _fits, _is_touchable
from tests.browser.page.test_valid_table import _are_valid, _write, config
from tests.browser.seat import SLOW, Seat
from tests.support.server import ServerProcess

__all__ = ["config"]


@pytest.fixture(autouse=True)
def no_macros(site: ServerProcess) -> None:
    """Nobody has one yet; each test makes its own."""
    site.shell("from game.models import Macro; Macro.objects.all().delete()")


def slot(page: Page, name: str) -> Locator:
    """A key of the hotbar, by what stands on it: `1 Longsword`, `4 empty`."""
    return page.get_by_role("toolbar", name="Hotbar").get_by_role("button", name=name, exact=True)


async def make(page: Page, name: str, text: str, shared: bool = False) -> None:
    """From the bar's own button, or from an empty key."""
    first = page.get_by_role("button", name="Create a macro")
    await first.or_(page.locator(".slot[data-empty]").first).click()
    await page.get_by_label("Name", exact=True).fill(name)
    await page.get_by_label("What it sends").fill(text)
    if shared:
        await page.get_by_label("Everybody in the campaign may use it").check()
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_key_rolls_and_everybody_sees_it(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    await make(alice.page, "Longsword", "/roll 1d20+61 # to hit\n/roll 1d8+62 # to hurt")
    await expect(slot(alice.page, "1 Longsword")).to_be_visible()

    await alice.page.get_by_role("tab", name="Chat").focus()
    await alice.page.keyboard.press("1")

    for someone in (dm, alice):
        await someone.reads("1d20+61")
        await someone.reads("1d8+62")
        await expect(someone.page.get_by_role("log")).to_contain_text("to hit")
    await alice.page.reload()
    await expect(slot(alice.page, "1 Longsword")).to_be_visible()
    await expect(dm.page.get_by_role("button", name="Create a macro")).to_be_visible()


async def test_a_digit_that_is_typed_runs_nothing(sit_down: SitDown) -> None:
    alice = await sit_down("alice")
    page = alice.page
    await make(page, "Longsword", "/roll 1d20+63")

    for box in ("Message", "Formula", "Added to the dice"):
        await page.get_by_label(box, exact=True).fill("")
        await page.get_by_label(box, exact=True).press("1")
    await expect(page.get_by_label("Message")).to_have_value("1")
    await page.get_by_label("Message").fill("")
    await page.get_by_label("Formula").fill("")
    await page.get_by_role("tab", name="Chat").focus()
    await page.keyboard.press("?")
    await page.get_by_label("Keys with a single letter or digit").uncheck()
    await page.keyboard.press("1")
    await page.keyboard.press("Escape")
    await page.get_by_role("tab", name="Chat").focus()
    await page.keyboard.press("1")
    await alice.says("Nothing was rolled.")
    await alice.reads("Nothing was rolled.")

    await expect(page.get_by_role("log").get_by_text("1d20+63")).to_have_count(0)
    await expect(page.get_by_label("On the way")).to_have_count(0)


async def test_a_key_that_is_held_rolls_once(sit_down: SitDown) -> None:
    alice = await sit_down("alice")
    await make(alice.page, "Longsword", "/roll 1d20+64")
    await alice.page.get_by_role("tab", name="Chat").focus()

    for _ in range(5):
        await alice.page.keyboard.down("1")
    await alice.page.keyboard.up("1")
    await alice.says("That was all.")
    await alice.reads("That was all.")

    await alice.reads("1d20+64")


async def test_it_asks_first(sit_down: SitDown) -> None:
    alice = await sit_down("alice")
    page = alice.page
    await make(page, "Fire bolt", "/roll ?{Edge|Flat,1d20|Advantage,2d20kh1} + ?{Bonus|65}\nIt burns, by ?{Bonus}!")

    await slot(page, "1 Fire bolt").click()
    asks = page.get_by_role("dialog", name="Fire bolt")
    await asks.get_by_label("Edge").select_option("Advantage")
    await expect(asks.get_by_label("Bonus")).to_have_value("65")
    await asks.get_by_label("Bonus").fill("66")
    await asks.get_by_label("Bonus").press("Enter")
    await alice.reads("2d20kh1 + 66")
    await alice.reads("It burns, by 66!")

    await expect(asks).to_have_count(0)
    await page.keyboard.press("1")
    await expect(asks.get_by_label("Edge")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(asks).to_have_count(0)
    await alice.says("Never mind.")
    await alice.reads("Never mind.")
    await expect(page.get_by_role("log").get_by_text("It burns, by 65!")).to_have_count(0)


async def test_it_waits_while_the_line_is_down_and_comes_back_when_refused(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    await make(alice.page, "Longsword", "/roll 1d20+67\n/roll 1d20+")
    await alice.page.context.set_offline(True)
    await alice.page.evaluate("() => dispatchEvent(new Event('offline'))")

    await slot(alice.page, "1 Longsword").click()
    waiting = alice.page.get_by_label("On the way").get_by_role("listitem")
    await expect(waiting).to_have_count(2)
    await alice.page.context.set_offline(False)

    for someone in (dm, alice):
        await someone.reads("1d20+67")
    await expect(waiting).to_have_count(1, timeout=SLOW)
    await expect(waiting.get_by_role("alert")).to_contain_text("Not sent")
    await waiting.get_by_role("button", name="Edit").click()
    await expect(alice.page.get_by_label("Formula")).to_have_value("1d20+")


async def test_a_dm_shares_and_a_player_lays_it_on_a_key(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    await make(dm.page, "Initiative", "/roll 1d20+68", shared=True)
    await alice.page.reload()

    await alice.page.get_by_role("button", name="Macros", exact=True).click()
    sheet = alice.page.get_by_role("dialog", name="Macros")
    await expect(sheet.get_by_role("listitem")).to_contain_text("Shared with you")
    await expect(sheet.get_by_role("button", name="Edit Initiative")).to_have_count(0)
    await expect(sheet.get_by_role("button", name="New macro")).to_be_visible()
    await sheet.get_by_label("Key for Initiative").select_option("all 0")
    await sheet.get_by_role("button", name="Close").click()
    await alice.page.get_by_role("tab", name="Chat").focus()
    await expect(slot(alice.page, "0 Initiative")).to_be_visible()
    await alice.page.keyboard.press("0")
    await dm.reads("1d20+68")

    await dm.page.get_by_role("button", name="Macros", exact=True).click()
    await dm.page.get_by_role("button", name="Edit Initiative").click()
    await dm.page.get_by_role("button", name="Delete").click()
    await dm.page.get_by_role("button", name="Delete for good").click()
    await expect(dm.page.get_by_role("heading", name="No macros yet")).to_be_visible()
    await alice.page.reload()
    await expect(alice.page.get_by_role("button", name="Create a macro")).to_be_visible()


async def test_all_of_it_by_keyboard(sit_down: SitDown) -> None:
    alice = await sit_down("alice")
    page, keys = alice.page, alice.page.keyboard
    await page.get_by_role("button", name="Create a macro").focus()
    await keys.press("Enter")
    await keys.type("Stealth")
    await keys.press("Tab")
    await keys.type("/roll 1d20+69")
    await keys.press("Tab")  # whom it is for
    await keys.press("Tab")
    await keys.type("4")
    for _ in range(2):
        await keys.press("Tab")
    await expect(page.get_by_role("button", name="Save")).to_be_focused()
    await keys.press("Enter")
    await expect(slot(page, "4 Stealth")).to_be_visible()

    await slot(page, "1 empty").focus()
    for _ in range(3):
        await keys.press("ArrowRight")
    await expect(slot(page, "4 Stealth")).to_be_focused()
    await keys.press("Enter")
    await alice.reads("1d20+69")
    await keys.press("End")
    await expect(page.get_by_role("button", name="Macros", exact=True)).to_be_focused()
    await keys.press("ArrowLeft")
    await expect(slot(page, "0 empty")).to_be_focused()
    await slot(page, "4 Stealth").focus()
    await keys.press("Delete")
    await expect(page.get_by_text("Put a macro on a key, 1 to 0.")).to_be_visible()


async def test_macros_change_places_by_dragging(sit_down: SitDown) -> None:
    alice = await sit_down("alice")
    page = alice.page
    await make(page, "Bow", "/roll 1d6")
    await make(page, "Axe", "/roll 1d10")

    await slot(page, "1 Bow").drag_to(slot(page, "2 Axe"))
    await expect(slot(page, "2 Bow")).to_be_visible()
    await slot(page, "1 Axe").drag_to(slot(page, "9 empty"))

    await expect(slot(page, "9 Axe")).to_be_visible()
    await page.reload()
    await expect(slot(page, "9 Axe")).to_be_visible()
    await expect(slot(page, "1 empty")).to_be_visible()


async def test_what_the_server_refuses_is_said_and_kept(sit_down: SitDown) -> None:
    alice = await sit_down("alice")
    page = alice.page
    await page.get_by_role("button", name="Create a macro").click()
    await page.get_by_label("Name", exact=True).fill("Too much")
    await page.get_by_label("What it sends").fill("1\n2\n3\n4\n5\n6")
    alice.complaints = Forgiving()
    await page.get_by_role("button", name="Save").click()

    await expect(page.get_by_role("alert")).to_contain_text("at most 5 lines, this one has 6")
    await page.get_by_label("What it sends").fill("1\n2\n3\n4\n5")
    await page.get_by_role("button", name="Save").click()
    await expect(slot(page, "1 Too much")).to_be_visible()


class Forgiving(list[str]):
    """Complaints, but for the browser's own words about a refusal that is asked for."""

    def append(self, complaint: str) -> None:
        """Take note."""
        if "status of 400" not in complaint:
            super().append(complaint)


async def test_hostile_words_are_words(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    name = "<img src=x onerror=alert(1)>"
    await make(dm.page, name, "?{<b>Which|<script>alert(1)</script>}", shared=True)

    await dm.page.keyboard.press("1")
    await expect(dm.page.get_by_role("dialog", name=name).get_by_label("<b>Which")).to_be_visible()
    await dm.page.keyboard.press("Enter")
    await alice.reads("<script>alert(1)</script>")
    await alice.page.reload()
    await alice.page.get_by_role("button", name="Macros", exact=True).click()
    await expect(alice.page.get_by_role("dialog")).to_contain_text(name)


async def test_a_spectator_has_no_hotbar(sit_down: SitDown) -> None:
    carol = await sit_down("carol")

    await expect(carol.page.get_by_text("You’re watching")).to_be_visible()
    await expect(carol.page.locator(".hotbar")).to_have_count(0)


async def test_on_a_phone(sit_down: SitDown) -> None:
    alice = await sit_down("alice", **PHONE)
    page = alice.page
    await expect(page.get_by_role("button", name="Create a macro")).to_be_hidden()
    await page.get_by_label("Table", exact=True).get_by_role("button", name="Dice").tap()
    await _is_touchable(page, ".hotbar button")
    await page.get_by_role("button", name="Create a macro").tap()
    await _is_touchable(page, ".macros button, .macros input, .macros select, .macros textarea")
    await _fits(page)
    await page.get_by_label("Name", exact=True).fill("Longsword of the salt road")
    await page.get_by_label("What it sends").fill("/roll 1d20+70")
    await page.get_by_role("button", name="Save").tap()
    await _is_touchable(page, ".hotbar button")
    await slot(page, "1 Longsword of the salt road").tap()
    await expect(page.locator("#panel-dice").get_by_text("1d20+70")).to_be_visible()

    await page.get_by_role("button", name="Macros", exact=True).tap()
    await _is_touchable(page, ".macros button, .macros select")
    await _fits(page)


async def test_every_state_is_accessible_and_valid(sit_down: SitDown, config: Path, tmp_path: Path) -> None:
    dm = await sit_down("dm", **STILL)
    page = dm.page
    await _each_state(dm, page.get_by_role("button", name="Create a macro"), tmp_path / "empty.html")
    await page.get_by_role("button", name="Create a macro").click()
    await _each_state(dm, page.get_by_role("dialog", name="New macro"), tmp_path / "form.html")
    await page.keyboard.press("Escape")
    await make(page, "Fire bolt", "/roll ?{Edge|Flat,1d20|Advantage,2d20kh1}+?{Bonus|7}", shared=True)
    await _each_state(dm, slot(page, "1 Fire bolt"), tmp_path / "bar.html")
    await page.get_by_role("button", name="Macros", exact=True).click()
    await _each_state(dm, page.get_by_role("dialog", name="Macros"), tmp_path / "list.html")
    await page.keyboard.press("Escape")
    await page.keyboard.press("1")
    await _each_state(dm, page.get_by_role("dialog", name="Fire bolt"), tmp_path / "asks.html")
    await asyncio.to_thread(_are_valid, config, tmp_path)


async def _each_state(seat: Seat, sign: Locator, place: Path) -> None:
    await expect(sign).to_be_visible()
    await is_accessible(seat)
    await _write(seat.page, place)
