"""Panels that are drawn when they are first looked at."""

from playwright.async_api import expect

from tests.browser.conftest import SitDown


async def test_one_that_is_drawn_late_lacks_nothing_and_keeps_what_is_typed(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    for panel in ("combat", "characters", "dice"):
        await expect(alice.page.locator(f"#panel-{panel}")).to_be_empty()
    await alice.rolls("1d4+81")
    await dm.reads("1d4+81")
    await dm.page.get_by_role("tab", name="Combat").click()
    await dm.page.get_by_role("button", name="Start combat").click()
    order = dm.page.get_by_role("list", name="Combatants")
    for name, initiative in (("Wren Ashdown", "17"), ("The Snuffer", "14")):
        await dm.page.get_by_label("Name", exact=True).fill(name)
        await dm.page.get_by_label("Initiative", exact=True).fill(initiative)
        await dm.page.get_by_role("button", name="Add", exact=True).click()
        await expect(order).to_contain_text(name)

    await alice.page.get_by_role("tab", name="Combat").click()
    await expect(alice.page.locator("#panel-combat .order > li")).to_have_count(2)
    await expect(alice.page.locator("#panel-combat").get_by_role("heading", name="Round 1")).to_be_visible()
    await alice.page.get_by_role("tab", name="Dice log").click()
    await expect(alice.page.locator("#panel-dice")).to_contain_text("1d4+81")

    await dm.page.get_by_label("Name", exact=True).fill("Half a na")
    await dm.page.get_by_role("tab", name="Chat").click()
    await dm.page.get_by_role("tab", name="Combat").click()
    await expect(dm.page.get_by_label("Name", exact=True)).to_have_value("Half a na")


async def test_by_keyboard_the_focus_never_falls_back_to_the_pages_top(sit_down: SitDown) -> None:
    dm = await sit_down("dm")
    page, keys = dm.page, dm.page.keyboard
    hint = page.get_by_role("button", name="Got it")
    for left in (1, 0):
        await hint.press("Enter")
        await expect(hint).to_have_count(left)
        await expect(page.get_by_label("Message")).to_be_focused()
    await page.get_by_role("tab", name="Combat").press("Enter")
    end = page.get_by_role("button", name="End combat")
    if await end.count():
        await end.press("Enter")

    await page.get_by_role("button", name="Start combat").press("Enter")
    await expect(page.get_by_label("Name", exact=True)).to_be_focused()
    remove = page.get_by_role("button", name="Remove ")
    for left in range(await remove.count() - 1, -1, -1):
        await remove.last.press("Enter")
        await expect(remove).to_have_count(left)
        await expect(page.get_by_label("Name", exact=True)).to_be_focused()
    await keys.type("Goblin")
    await keys.press("Enter")
    await expect(remove).to_have_count(1)
    await end.press("Enter")
    await expect(page.get_by_role("button", name="Start combat")).to_be_focused()

    await page.get_by_role("button", name="Create a macro").press("Enter")
    await page.get_by_label("Name", exact=True).nth(0).press("Escape")
    await expect(page.get_by_role("button", name="Create a macro")).to_be_focused()
    await keys.press("Enter")
    await keys.type("Luck")
    await keys.press("Tab")
    await keys.type("/roll 1d20+?{Bonus|0}")
    await page.get_by_role("button", name="Save").press("Enter")
    slot = page.get_by_role("toolbar", name="Hotbar").get_by_role("button", name="1 Luck")
    await expect(slot).to_be_focused()
    await keys.press("1")
    await expect(page.get_by_label("Bonus", exact=True)).to_be_focused()
    await keys.type("82")
    await keys.press("Enter")
    await expect(slot).to_be_focused()
    await keys.press("Alt+1")
    await dm.reads("1d20+82")
