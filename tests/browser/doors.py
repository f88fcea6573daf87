"""The way to a new table, page by page, as people go it."""

from playwright.async_api import expect

from tests.browser.seat import Seat

PASSWORD = "the lamp went out at nine"


async def sign_up(seat: Seat, name: str) -> None:
    """On the page to sign up."""
    page = seat.page
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_label("Repeat password").fill(PASSWORD)
    await page.get_by_role("button", name="Create account").click()


async def found(seat: Seat, campaign: str, description: str) -> None:
    """Start a campaign in the lobby; its page opens."""
    page = seat.page
    await page.get_by_label("Name").fill(campaign)
    await page.get_by_label("Description").fill(description)
    await page.get_by_role("button", name="Create campaign").click()
    await page.wait_for_url("**/campaigns/*/")


async def invite(seat: Seat) -> str:
    """Make an invitation on the campaign's page; its link. The page that shows it stays open."""
    await seat.page.get_by_role("button", name="Create a link").click()
    return await seat.page.get_by_label("Invitation link", exact=True).input_value()


async def open_session(seat: Seat, title: str) -> None:
    """On the campaign's page."""
    await seat.page.get_by_label("New session").fill(title)
    await seat.page.get_by_role("button", name="Create session").click()
    await expect(seat.page.get_by_role("link", name=title, exact=True)).to_be_visible()


async def make_character(seat: Seat, name: str) -> None:
    """On the campaign's page."""
    await seat.page.get_by_role("link", name="Create a character").click()
    await name_character(seat, name)


async def name_character(seat: Seat, name: str) -> None:
    """On the page of a new character."""
    await seat.page.wait_for_url("**/characters/new/")
    await seat.page.get_by_label("Name").fill(name)
    await seat.page.get_by_role("button", name="Save").click()
    await seat.page.wait_for_url("**/campaigns/*/")


async def sit_at(seat: Seat, title: str) -> None:
    """From the campaign's page to the table."""
    await seat.page.get_by_role("link", name=title, exact=True).click()
    await seat.is_seated()
