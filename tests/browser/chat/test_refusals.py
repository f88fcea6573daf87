"""What players may not do, done all the same from their own browser."""

import asyncio

from playwright.async_api import Page, expect

from tests.browser.conftest import SitDown, Visit
from tests.browser.page.test_evening import make
from tests.support.line import Line
from tests.support.server import ServerProcess

# The page's own socket, for somebody who knows how to open the console.
LISTEN_IN = "window.WebSocket = class extends WebSocket { constructor(...a) { super(...a); window.theirs = this; } };"
SEND = "([event, data]) => theirs.send(JSON.stringify({ event, data }))"


async def test_a_players_console_moves_nothing(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    await dm.page.get_by_role("tab", name="Combat").click()
    await dm.page.get_by_label("Whose turn").fill("The ferryman")
    await dm.page.get_by_role("button", name="Set turn").click()
    await alice.page.add_init_script(LISTEN_IN)
    await alice.page.reload()
    await alice.is_seated()

    for event, data, words in (
        ("turn_change", {"turn": {"current_character_name": "Wren Ashdown"}}, "Only DM can change turns"),
        ("combat_update", {"combat": {"active": True, "combatants": [{"name": "X"}]}}, "Only DM can update combat"),
    ):
        await alice.page.evaluate(SEND, [event, data])
        toast = alice.page.get_by_role("alert")
        await expect(toast).to_contain_text(words)
        await toast.get_by_role("button", name="Dismiss").click()
        await expect(toast).to_have_count(0)

    await expect(dm.page.get_by_role("button", name="Start combat")).to_be_visible()
    await dm.page.get_by_role("tab", name="Chat").click()
    await alice.says("Nothing moved.")
    for someone in (dm, alice):
        await someone.reads("Nothing moved.")
        await _is_the_ferrymans_turn(someone.page)
    await dm.page.get_by_role("tab", name="Combat").click()
    await dm.page.get_by_role("button", name="Clear turn").click()


async def test_a_page_from_when_one_was_dm_is_refused_too(visit: Visit, sit_down: SitDown, site: ServerProcess) -> None:
    dm = await sit_down("dm")
    await asyncio.to_thread(make, site, "bob", "dm")
    async with Line(site.port) as line:
        bob = await visit(line.origin)
        await bob.sit_down_as("bob")
        await bob.page.get_by_role("tab", name="Combat").click()

        await line.cut()
        await bob.page.get_by_role("button", name="Start combat").click()
        await bob.page.get_by_label("Whose turn").fill("Tobin Marsh")
        await bob.page.get_by_role("button", name="Set turn").click()
        await asyncio.to_thread(make, site, "bob", "player")
        await line.open()

        toast = bob.page.get_by_role("alert").filter(has_text="Not sent").first
        await toast.get_by_role("button", name="Show").click()
        refused = bob.page.get_by_label("On the way")
        for words in ("Only DM can update combat", "Only DM can change turns"):
            await expect(refused).to_contain_text(f"Not sent: {words}")
        await expect(bob.page.get_by_role("button", name="Set turn")).to_have_count(0)
        for someone in (dm, bob):
            await expect(someone.page.get_by_label("Turn", exact=True)).to_have_count(0)
        await bob.page.close()


async def test_a_toast_is_put_away_and_what_was_refused_waits_in_the_chat(sit_down: SitDown) -> None:
    bob = await sit_down("bob")
    page = bob.page
    await bob.says("/roll 1d20+")
    refused = page.get_by_label("On the way")
    await expect(refused).to_contain_text("Not sent")
    toast = page.locator(".toast")
    await expect(toast).to_have_count(0)

    await page.get_by_role("tab", name="Combat").press("Enter")
    await expect(toast).to_contain_text("Not sent")
    await toast.get_by_role("button", name="Dismiss").press("Enter")
    await expect(toast).to_have_count(0)
    await expect(page.get_by_label("Message")).to_be_focused()
    await page.get_by_role("tab", name="Dice log").click()
    await expect(page.locator("#panel-dice")).to_be_visible()
    await expect(toast).to_have_count(0)

    await page.get_by_role("tab", name="Chat").click()
    await bob.says("/roll 2d20+")
    await expect(refused.get_by_role("listitem")).to_have_count(2)
    await page.get_by_role("tab", name="Combat").click()
    await toast.get_by_role("button", name="Show").click()
    await expect(toast).to_have_count(0)
    await expect(refused.get_by_role("button", name="Edit").first).to_be_focused()
    for left in (1, 0):
        await refused.get_by_role("button", name="Dismiss").first.click()
        await expect(refused.get_by_role("listitem")).to_have_count(left)


async def _is_the_ferrymans_turn(page: Page) -> None:
    await expect(page.get_by_label("Turn", exact=True)).to_contain_text("The ferryman’s turn")
