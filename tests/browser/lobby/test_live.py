"""Lobby and campaign page follow what happens, without a reload."""

from playwright.async_api import expect

from tests.browser import doors
from tests.browser.conftest import SitDown, Visit
from tests.browser.seat import SLOW, Seat

# A reload would forget it.
MARK = "window.stayed = true"
STAYED = "window.stayed === true"


async def _new(visit: Visit, name: str, address: str = "/sign-up/") -> Seat:
    seat = await visit(address)
    await doors.sign_up(seat, name)
    return seat


async def test_a_waiting_player_sees_the_session_that_is_opened_and_who_is_there(visit: Visit) -> None:
    dm = await _new(visit, "halla")
    await dm.page.wait_for_url("**/lobby/")
    await doors.found(dm, "The Salt Road", "")
    home = dm.page.url
    link = await doors.invite(dm)
    await dm.page.goto(home)
    player = await visit(link)
    await player.page.get_by_role("link", name="Sign up and join").click()
    await doors.sign_up(player, "ines")
    await player.page.get_by_role("link", name="Later").click()
    await player.page.evaluate(MARK)
    await expect(dm.page.get_by_role("region", name="Members")).to_contain_text("ines", timeout=SLOW)

    await player.page.get_by_role("link", name="Create a character").focus()
    await doors.open_session(dm, "The first lamp")
    await expect(player.page.get_by_role("link", name="Join the table").first).to_be_visible(timeout=SLOW)
    await expect(player.page.get_by_role("link", name="Create a character")).to_be_focused()

    await doors.sit_at(dm, "The first lamp")
    await expect(player.page.get_by_text("halla is at the table now")).to_be_visible(timeout=SLOW)
    assert await player.page.evaluate(STAYED)


async def test_what_is_open_stays_open_and_what_is_typed_stays(visit: Visit, sit_down: SitDown) -> None:
    alice, dm = await sit_down("alice"), await sit_down("dm")
    campaign = await dm.page.locator("#table").get_attribute("data-campaign-url")
    assert campaign is not None
    origin = dm.page.url.partition("/play/")[0]
    await dm.page.goto(f"{origin}{campaign}")
    await doors.open_session(dm, "An old evening")
    await dm.page.get_by_role("link", name="Change An old evening").click()
    await dm.page.get_by_role("button", name="Archive this session").click()
    await dm.page.get_by_text("1 archived session").click()
    await dm.page.get_by_label("New session").fill("A half-written ti")
    await dm.page.evaluate(MARK)

    await alice.page.goto(f"{origin}{campaign}")
    await alice.page.get_by_role("link", name="New character").click()
    await doors.name_character(alice, "Tobin")

    await expect(dm.page.get_by_role("region", name="Characters")).to_contain_text("Tobin", timeout=SLOW)
    await expect(dm.page.get_by_role("link", name="An old evening", exact=True)).to_be_visible()
    await expect(dm.page.get_by_label("New session")).to_have_value("A half-written ti")
    assert await dm.page.evaluate(STAYED)
