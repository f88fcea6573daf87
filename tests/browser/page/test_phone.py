"""The table on a phone, 390 pixels wide."""

from playwright.async_api import Page, expect

from tests.browser.conftest import SitDown, Visit
from tests.support.server import ServerProcess

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TARGET = 44  # pixels that a finger needs
SIDES = "() => [document.documentElement.scrollWidth, innerWidth]"


async def test_each_panel_and_a_roll(sit_down: SitDown) -> None:
    alice = await sit_down("alice", **PHONE)
    page = alice.page
    dock = page.get_by_label("Table", exact=True)
    await _fits(page)
    await _is_touchable(page, ".dock button")
    await _is_touchable(page, ".say textarea, .say button")
    await alice.says("From the sofa.")
    await alice.reads("From the sofa.")

    for name in ("Combat", "Characters", "More"):
        await dock.get_by_role("button", name=name).click()
        await expect(page.locator(f"#panel-{name.lower()}")).to_be_visible()
        await _fits(page)
    await expect(page.locator("#panel-more").get_by_role("list", name="At the table")).to_contain_text("Alice Reed")
    await page.get_by_role("button", name="Scene").click()
    await expect(page.get_by_label("Scene", exact=True)).to_be_visible()
    await _fits(page)

    await dock.get_by_role("button", name="Dice").click()
    await _fits(page)
    await _is_touchable(page, ".tray button:not(:disabled)")
    await page.get_by_label("Enter real dice").tap()
    await _is_touchable(page, ".thrown input, .faces button")
    await _fits(page)
    await page.get_by_label("Enter real dice").tap()
    await page.get_by_role("button", name="d20", exact=True).tap()
    await page.get_by_role("button", name="One more").tap()
    await page.get_by_role("button", name="Roll", exact=True).tap()
    await dock.get_by_role("button", name="Chat").click()
    await expect(page.get_by_role("log").get_by_text("1d20 + 1").last).to_be_visible()


async def test_no_page_scrolls_sideways(visit: Visit, site: ServerProcess) -> None:
    dm = await visit("/", **PHONE)
    await _fits(dm.page)
    for path in ("/sign-in/", "/sign-up/", "/join/"):
        await dm.page.goto(f"{site.origin}{path}")
        await _fits(dm.page)
    await dm.page.goto(site.origin)
    await dm.sit_down_as("dm")
    await _fits(dm.page)
    for path in ("/lobby/", "/profile/"):
        await dm.page.goto(f"{site.origin}{path}")
        await _fits(dm.page)
    await dm.page.goto(f"{site.origin}/lobby/")
    await dm.page.get_by_role("link", name="The Lantern Road", exact=True).first.click()
    await dm.page.wait_for_url("**/campaigns/*/")
    await _fits(dm.page)


async def _fits(page: Page) -> None:
    needed, there = await page.evaluate(SIDES)
    assert needed <= there, f"{page.url} is {needed} pixels wide on a screen of {there}"


async def _is_touchable(page: Page, selector: str) -> None:
    targets = await page.locator(selector).all()
    assert targets
    for target in targets:
        box = await target.bounding_box()
        if box is None:
            continue
        name = await target.get_attribute("aria-label") or await target.inner_text()
        assert min(box["width"], box["height"]) >= TARGET - 0.5, f"{name!r} is {box['width']}×{box['height']}"
