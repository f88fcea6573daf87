"""Markup in every field that a user can type into is text wherever it is shown."""

from playwright.async_api import expect

from tests.browser import doors
from tests.browser.conftest import Visit
from tests.browser.seat import Seat
from tests.support.server import ServerProcess

HOSTILE = "<img src=x onerror=alert(1)>"


async def test_markup_is_text_everywhere(visit: Visit, site: ServerProcess) -> None:
    dm = await visit("/sign-up/")
    await doors.sign_up(dm, "mallory")
    await dm.page.goto(f"{site.origin}/profile/")
    await dm.page.get_by_label("Display name").fill(_text("display"))
    await dm.page.get_by_role("button", name="Save").click()
    await _shows(dm, "display")

    await dm.page.goto(f"{site.origin}/lobby/")
    await doors.found(dm, _text("campaign"), _text("description"))
    campaign = dm.page.url
    await _shows(dm, "campaign", "description")
    link = await doors.invite(dm)
    await _shows(dm, "campaign")
    guest = await visit(link)
    await _shows(guest, "campaign", "description", "display")
    for door in ("Sign up and join", "Sign in and join"):
        await guest.page.goto(link)
        await guest.page.get_by_role("link", name=door).click()
        await _shows(guest, "campaign", "display")
    await guest.page.goto(f"{site.origin}/join/?link={HOSTILE}")
    await expect(guest.page.get_by_label("Invitation link")).to_have_value(HOSTILE)
    guest.complaints.remove("Failed to load resource: the server responded with a status of 400 (Bad Request)")
    await _shows(guest)

    await dm.page.goto(campaign)
    await doors.make_character(dm, _text("character"))
    await doors.open_session(dm, _text("session"))
    await _shows(dm, "campaign", "description", "display", "character", "session")
    await dm.page.get_by_role("link", name=_text("character")).click()
    await _shows(dm, "campaign", "character")
    await dm.page.goto(f"{site.origin}/lobby/")
    await _shows(dm, "campaign", "display", "character", "session")

    await dm.page.goto(campaign)
    await doors.sit_at(dm, _text("session"))
    await _play(dm)
    await dm.page.get_by_role("tab", name="Chat").click()
    for what in ("chat", "action", "narration"):
        await expect(dm.page.get_by_role("log").get_by_text(_text(what))).to_be_visible()
    await _shows(dm, "campaign", "session", "display", "character", "chat", "narration", "combatant")

    await dm.page.reload()
    await dm.is_seated()
    await expect(dm.page.get_by_role("log").get_by_text(_text("narration"))).to_be_visible()
    await _shows(dm, "chat", "narration", "turn")


async def _play(dm: Seat) -> None:
    page = dm.page
    await dm.says(_text("chat"))
    await page.get_by_role("button", name="Act", exact=True).click()
    await dm.says(_text("action"))
    await page.get_by_role("button", name="Attack").click()
    await dm.says(f"{_text('target')} with {_text('weapon')}")
    await dm.rolls(HOSTILE)
    await expect(page.get_by_label("On the way").get_by_role("alert")).to_contain_text("Not sent: ")
    await _shows(dm)
    await page.get_by_role("button", name="Dismiss").click()
    await dm.narrates(_text("narration"))
    await page.get_by_role("tab", name="Combat").click()
    await page.get_by_role("button", name="Start combat").click()
    await page.get_by_label("Name", exact=True).fill(_text("combatant"))
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.get_by_label("Combatants")).to_contain_text(_text("combatant"))
    await page.get_by_label("Whose turn").fill(_text("turn"))
    await page.get_by_role("button", name="Set turn").click()
    await expect(page.get_by_label("Turn", exact=True)).to_contain_text(_text("turn"))


def _text(field: str) -> str:
    """Where it was typed stands in it."""
    return f"{field[:9]}{HOSTILE}"


async def _shows(seat: Seat, *fields: str) -> None:
    """The page has these texts somewhere, and no element of theirs."""
    for field in fields:
        await expect(seat.page.get_by_text(_text(field)).first).to_be_attached()
    await expect(seat.page.locator("img")).to_have_count(0)
    assert seat.complaints == []
