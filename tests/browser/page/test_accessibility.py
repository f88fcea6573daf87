"""The table, panel by panel, in every look, as axe-core sees it."""

from playwright.async_api import expect

from tests.browser.axe import STILL, is_accessible
from tests.browser.conftest import SitDown
from tests.browser.seat import Seat


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
            await is_accessible(someone)
    await alice.page.get_by_role("tab", name="Chat").focus()
    await alice.page.keyboard.press("?")
    await expect(alice.page.get_by_role("dialog")).to_be_visible()
    await is_accessible(alice)
    await dm.page.get_by_role("tab", name="Combat").click()
    await dm.page.get_by_role("button", name="End combat").click()


async def test_the_table_on_a_phone(sit_down: SitDown) -> None:
    carol = await sit_down("carol", viewport={"width": 390, "height": 844}, **STILL)
    for panel in ("Chat", "Dice", "Combat", "Characters", "More"):
        await carol.page.get_by_label("Table", exact=True).get_by_role("button", name=panel).click()
        await is_accessible(carol)


async def _fight(dm: Seat) -> None:
    page = dm.page
    await page.get_by_role("tab", name="Combat").click()
    await page.get_by_role("button", name="Start combat").click()
    for name, initiative in (("Wren Ashdown", "17"), ("Goblin", "12")):
        await page.get_by_label("Name", exact=True).fill(name)
        await page.get_by_label("Initiative", exact=True).fill(initiative)
        await page.get_by_label("Hit points", exact=True).fill("7")
        await page.get_by_role("button", name="Add", exact=True).click()
        await expect(page.get_by_label("Combatants")).to_contain_text(name)
    await page.get_by_role("button", name="Next turn").click()
