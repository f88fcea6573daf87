"""The DM ends the session from the table; all tables show it."""

from urllib.parse import urljoin

from playwright.async_api import Page, expect

from tests.browser.axe import is_accessible
from tests.browser.conftest import SitDown
from tests.browser.page.test_phone import PHONE, _is_touchable
from tests.browser.seat import Seat

ENDED = "This session has ended."


async def _open_menu(page: Page) -> None:
    await page.get_by_role("button", name="Session menu").click()
    await expect(page.get_by_role("menuitem", name="Leave the table")).to_be_visible()


async def _ask_to_end(page: Page) -> None:
    await _open_menu(page)
    await page.get_by_role("menuitem", name="End the session").click()
    await expect(page.get_by_role("dialog", name="End the session?")).to_be_visible()


async def _reopen(dm: Seat) -> None:
    """On the campaign's page, whence the table's own link leads, and back to the table."""
    await dm.page.get_by_role("link", name="Reopen it on the campaign’s page.").click()
    await dm.page.get_by_role("button", name="Reopen").click()
    await expect(dm.page.get_by_text("is open again")).to_be_visible()


async def test_by_phone_it_is_ended_under_more_and_an_empty_stage_says_so(sit_down: SitDown) -> None:
    dm = await sit_down("dm", **PHONE)
    page = dm.page
    dock = page.get_by_label("Table", exact=True)
    await dock.get_by_role("button", name="More").tap()
    await _is_touchable(page, "#panel-more .entry")

    await page.get_by_role("button", name="End the session").tap()
    await _is_touchable(page, "dialog button")
    await page.get_by_role("dialog").get_by_role("button", name="End the session").tap()

    await expect(page.get_by_role("button", name="End the session")).to_have_count(0)
    await page.get_by_role("button", name="Scene").tap()
    await expect(page.get_by_label("Scene", exact=True)).to_contain_text("Nothing was narrated.")
    await expect(page.get_by_role("button", name="Narrate")).to_have_count(0)
    await dock.get_by_role("button", name="Chat").tap()
    await expect(page.get_by_text(ENDED)).to_be_visible()
    await _reopen(dm)


async def test_the_dm_ends_it_and_every_table_shows_that_it_has_ended(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    await dm.narrates("The last lamp goes out.")
    await _ask_to_end(dm.page)
    await dm.page.get_by_role("button", name="Keep playing").click()
    await expect(dm.page.get_by_role("button", name="Session menu")).to_be_focused()
    await alice.says("One more round.")
    await dm.reads("One more round.")

    await _ask_to_end(dm.page)
    await is_accessible(dm)
    await dm.page.get_by_role("dialog").get_by_role("button", name="End the session").click()

    for someone in (dm, alice):
        page = someone.page
        await expect(page.get_by_text(ENDED)).to_be_visible()
        await expect(page.get_by_role("banner").get_by_text("Ended")).to_be_visible()
        await expect(page.get_by_role("log")).to_contain_text("The session has ended")
        await expect(page.get_by_label("Turn", exact=True)).to_contain_text("The session has ended")
        for box in ("Message", "Formula", "Narration"):
            await expect(page.get_by_label(box, exact=True)).to_have_count(0)
        await expect(page.get_by_label("Scene", exact=True)).to_contain_text("The last lamp goes out.")
    await expect(dm.page.get_by_role("dialog")).to_have_count(0)
    await expect(dm.page.get_by_role("button", name="Session menu")).to_be_focused()
    await _open_menu(dm.page)
    await expect(dm.page.get_by_role("menuitem", name="End the session")).to_have_count(0)

    await _reopen(dm)
    await alice.says("We go on.")
    await alice.reads("We go on.")
    await expect(alice.page.get_by_text(ENDED)).to_have_count(0)


async def test_a_player_has_no_such_control_and_the_server_refuses(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    page = alice.page
    await _open_menu(page)
    await expect(page.get_by_role("menuitem", name="End the session")).to_have_count(0)
    url = urljoin(page.url, await page.locator("#table").get_attribute("data-end-url"))
    token = str(await page.locator("#table").get_attribute("data-csrf"))

    refused = await page.request.post(url, headers={"X-CSRFToken": token})
    forged = await dm.page.request.post(url)

    assert (refused.status, forged.status) == (403, 403)
    await page.keyboard.press("Escape")
    await alice.says("Still open.")
    await dm.reads("Still open.")


async def test_a_dm_who_is_signed_out_learns_that_nothing_ended(sit_down: SitDown) -> None:
    dm = await sit_down("dm")
    await _ask_to_end(dm.page)
    await dm.page.route("**/end/", lambda route: route.fulfill(status=302, headers={"Location": "/sign-in/"}))

    await dm.page.get_by_role("dialog").get_by_role("button", name="End the session").click()

    await expect(dm.page.get_by_role("alert")).to_contain_text("The server refused")
    await dm.page.keyboard.press("Escape")
    await expect(dm.page.get_by_label("Message")).to_be_visible()
