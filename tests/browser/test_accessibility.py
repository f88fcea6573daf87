"""Every page and panel, in dark and in light, as axe-core sees it."""

from pathlib import Path
from typing import Any

from playwright.async_api import expect

from tests.browser import doors
from tests.browser.conftest import SitDown, Visit
from tests.browser.seat import Seat
from tests.support.server import ServerProcess

AXE = (Path(__file__).parent / "vendor/axe-core/axe.min.js").read_text()
THEMES = ("dark", "light")
# The whole standard, and what axe-core recommends beyond it; once the colours have changed to the theme's.
RUN = """async () => {
  const changing = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  await Promise.allSettled(changing.map(({ finished }) => finished));
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
}"""
STILL: dict[str, Any] = {"reduced_motion": "reduce"}


async def _is_accessible(seat: Seat) -> None:
    """In both themes; they follow the system here."""
    page = seat.page
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(AXE)
    for theme in THEMES:
        await page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
        found: list[str] = await page.evaluate(RUN)
        assert not found, f"{page.url} in {theme}:\n" + "\n".join(found)


async def test_the_doors(visit: Visit, site: ServerProcess) -> None:
    someone = await visit("/", **STILL)
    for path in ("/", "/sign-in/", "/sign-up/", "/join/", "/join/?link=nonsense", "/join/nonsense/", "/nothing/"):
        await someone.page.goto(f"{site.origin}{path}")
        await _is_accessible(someone)
    someone.complaints.clear()  # pages that are not there are errors to the console


async def test_the_pages_of_a_campaign(visit: Visit, site: ServerProcess) -> None:
    dm = await visit("/sign-up/", **STILL)
    await doors.sign_up(dm, "axel")
    await dm.page.wait_for_url("**/lobby/")
    await _is_accessible(dm)
    await doors.found(dm, "The Salt Road", "Lamps go out.")
    await _is_accessible(dm)
    campaign = dm.page.url
    link = await doors.invite(dm)
    await _is_accessible(dm)
    await dm.page.goto(campaign)
    await doors.open_session(dm, "The first lamp")
    await doors.make_character(dm, "Wren")

    guest = await visit(link, **STILL)
    await _is_accessible(guest)
    await guest.page.get_by_role("link", name="Sign up and join").click()
    await _is_accessible(guest)
    await doors.sign_up(guest, "gast")
    await guest.page.wait_for_url("**/characters/new/")
    await _is_accessible(guest)
    await guest.page.get_by_role("link", name="Later").click()
    await _is_accessible(guest)

    await dm.page.reload()
    await _is_accessible(dm)
    for link_name in ("Change the part of gast", "Settings", "Wren"):
        await dm.page.goto(campaign)
        await dm.page.get_by_role("link", name=link_name).click()
        await _is_accessible(dm)
    for path in ("/lobby/", "/profile/", "/profile/password/"):
        await dm.page.goto(f"{site.origin}{path}")
        await _is_accessible(dm)


async def test_the_table(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm", **STILL), await sit_down("alice", **STILL)
    await alice.says("Hail!")
    await alice.rolls("2d20kh1+5")
    await alice.page.get_by_role("button", name="Search").click()
    await alice.says("the well")
    await dm.narrates("You enter a dark cave…")
    for someone in (dm, alice):
        await someone.reads("You enter a dark cave…")
    await _fight(dm)
    for someone in (dm, alice):
        await expect(someone.page.get_by_label("Initiative order")).to_contain_text("Goblin")
        for panel in ("Combat", "Characters", "Dice log", "Chat"):
            await someone.page.get_by_role("tab", name=panel).click()
            await _is_accessible(someone)
    await alice.page.get_by_role("tab", name="Chat").focus()
    await alice.page.keyboard.press("?")
    await expect(alice.page.get_by_role("dialog")).to_be_visible()
    await _is_accessible(alice)
    await dm.page.get_by_role("tab", name="Combat").click()
    await dm.page.get_by_role("button", name="End combat").click()


async def test_the_table_on_a_phone(sit_down: SitDown) -> None:
    carol = await sit_down("carol", viewport={"width": 390, "height": 844}, **STILL)
    for panel in ("Chat", "Dice", "Combat", "Characters", "More"):
        await carol.page.get_by_label("Table", exact=True).get_by_role("button", name=panel).click()
        await _is_accessible(carol)


async def _fight(dm: Seat) -> None:
    page = dm.page
    await page.get_by_role("tab", name="Combat").click()
    await page.get_by_role("button", name="Start combat").click()
    for name, initiative in (("Wren Ashdown", "17"), ("Goblin", "12")):
        await page.get_by_label("Name", exact=True).fill(name)
        await page.get_by_label("Initiative", exact=True).fill(initiative)
        await page.get_by_label("Hit points", exact=True).fill("7")
        await page.get_by_role("button", name="Add", exact=True).click()
        await expect(page.get_by_label("Order of turns")).to_contain_text(name)
    await page.get_by_role("button", name="Next turn").click()
