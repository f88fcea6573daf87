"""Every page but the table, in its states and in every look, as axe-core sees it."""

from playwright.async_api import expect

from tests.browser import doors
from tests.browser.axe import STILL, is_accessible
from tests.browser.conftest import Visit
from tests.browser.seat import Seat
from tests.support.server import ServerProcess


async def test_the_doors(visit: Visit, site: ServerProcess) -> None:
    someone = await visit("/", **STILL)
    for path in ("/", "/sign-in/", "/sign-up/", "/join/", "/join/?link=nonsense", "/join/nonsense/", "/nothing/"):
        await someone.page.goto(f"{site.origin}{path}")
        await is_accessible(someone)
    await someone.page.goto(f"{site.origin}/sign-in/")
    for _ in range(11):
        await someone.page.get_by_label("Name").fill("nobody")
        await someone.page.get_by_label("Password").fill("wrong")
        await someone.page.get_by_role("button", name="Sign in").click()
        if await someone.page.get_by_role("heading", name="Please wait").is_visible():
            break
        await expect(someone.page.get_by_text("That user name and password")).to_be_visible()
    await is_accessible(someone)
    await someone.page.goto(f"{site.origin}/sign-up/")
    await _refuses(someone, {"User name": "...", "Password": "1", "Repeat password": "2"}, "Create account")
    await is_accessible(someone)
    someone.complaints.clear()  # pages that refuse are errors to the console


async def test_the_pages_of_a_campaign(visit: Visit, site: ServerProcess) -> None:
    dm = await visit("/sign-up/", **STILL)
    await doors.sign_up(dm, "axel")
    await dm.page.wait_for_url("**/lobby/")
    await is_accessible(dm)
    await doors.found(dm, "The Salt Road", "Lamps go out.")
    await is_accessible(dm)
    campaign = dm.page.url
    link = await doors.invite(dm)
    await is_accessible(dm)
    await dm.page.goto(f"{site.origin}/lobby/")
    await is_accessible(dm)
    await dm.page.goto(campaign)
    await doors.open_session(dm, "The first lamp")
    await doors.make_character(dm, "Wren")

    guest = await visit(link, **STILL)
    await is_accessible(guest)
    await guest.page.get_by_role("link", name="Sign up and join").click()
    await is_accessible(guest)
    await doors.sign_up(guest, "gast")
    await guest.page.wait_for_url("**/characters/new/")
    await is_accessible(guest)
    await _refuses(guest, {"Name": "\u3164"}, "Save")
    await is_accessible(guest)
    await guest.page.get_by_role("link", name="Later").click()
    await is_accessible(guest)
    await guest.page.goto(f"{campaign}edit/")
    await is_accessible(guest)
    guest.complaints.clear()

    await dm.page.goto(campaign)
    await is_accessible(dm)
    for link_name in ("Change gast’s role", "Settings", "Wren"):
        await dm.page.goto(campaign)
        await dm.page.get_by_role("link", name=link_name).click()
        await _opens_what_asks_twice(dm)
        await is_accessible(dm)
    await dm.page.goto(campaign)
    await dm.page.get_by_role("link", name="Change gast’s role").click()
    await dm.page.get_by_text("Ban gast", exact=True).click()
    await dm.page.get_by_role("button", name="Yes, ban gast").click()
    await expect(dm.page.get_by_text("gast is banned")).to_be_visible()
    await dm.page.get_by_role("button", name="Revoke").click()
    await expect(dm.page.get_by_label("Links that no longer work")).to_be_visible()
    await is_accessible(dm)
    await dm.page.get_by_role("link", name="Change gast’s role").click()
    await is_accessible(dm)
    for path in ("/lobby/", "/profile/", "/profile/password/"):
        await dm.page.goto(f"{site.origin}{path}")
        await is_accessible(dm)
    await dm.page.get_by_role("button", name="axel").click()
    await is_accessible(dm)


async def _refuses(seat: Seat, fields: dict[str, str], button: str) -> None:
    for label, text in fields.items():
        await seat.page.get_by_label(label, exact=True).fill(text)
    await seat.page.get_by_role("button", name=button).click()
    await expect(seat.page.locator(".field__error").first).to_be_visible()
    await expect(seat.page.locator("[aria-invalid=true]").first).to_be_focused()


async def _opens_what_asks_twice(seat: Seat) -> None:
    for summary in await seat.page.locator("summary").all():
        await summary.click()
