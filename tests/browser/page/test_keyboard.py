"""An evening without a mouse."""

from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import SitDown
from tests.browser.seat import Seat
from tests.support.server import ServerProcess

# An outline, or a ring drawn as a shadow, on what has the focus or on what frames it.
FOCUS_IS_VISIBLE = """() => {
  for (let one = document.activeElement, depth = 0; one !== null && depth < 3; one = one.parentElement, depth += 1) {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    if ((outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none") return true;
  }
  return false;
}"""
NAME_OF_FOCUS = """() => {
  const one = document.activeElement;
  return one.getAttribute("aria-label") ?? one.textContent.trim();
}"""
MOST_STOPS = 60
# Like pressing Enter right after Escape: a task later, but before the browser draws and says that it closed.
CLOSE_AND_OPEN = """async () => {
  document.querySelector("dialog").close();
  const { port1, port2 } = new MessageChannel();
  await new Promise((go) => { port1.onmessage = go; port2.postMessage(null); });
  document.activeElement.click();
  await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
}"""


async def test_a_player_by_keyboard(sit_down: SitDown) -> None:
    alice = await sit_down("alice")
    page, keys = alice.page, alice.page.keyboard

    await keys.press("Shift+C")
    await _is_focused(page, page.get_by_label("Message"))
    await keys.type("By hand, not by mouse.")
    await keys.press("Enter")
    await alice.reads("By hand, not by mouse.")
    await keys.press("ArrowUp")
    await expect(page.get_by_label("Message")).to_have_value("By hand, not by mouse.")
    await keys.press("ControlOrMeta+a")
    await keys.type("One line,")
    await keys.press("Shift+Enter")
    await keys.type("and another.")
    await keys.press("Enter")
    await expect(page.get_by_role("log").get_by_text("One line,\nand another.")).to_be_visible()

    await keys.press("Escape")
    await keys.press("r")
    await _is_focused(page, page.get_by_label("Formula"))
    await keys.type("1d4+70")
    await keys.press("Enter")
    await alice.reads("1d4+70")
    await keys.press("Escape")
    await _the_tray(page)
    await _the_tabs(page)
    await _the_sheet(page)


async def test_a_dialog_closed_and_opened_at_once_is_open_and_new(sit_down: SitDown, site: ServerProcess) -> None:
    site.shell("from game.models import Macro; Macro.objects.all().delete()")
    page = (await sit_down("alice")).page
    make, name = page.get_by_role("button", name="Create a macro"), page.get_by_label("Name", exact=True)
    await make.press("Enter")
    await name.fill("Lu")
    await _closes_and_opens_at_once(page)
    await expect(name).to_have_value("")
    await expect(name).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(make).to_be_focused()

    await page.get_by_role("button", name="Roll tables").press("Enter")
    await _closes_and_opens_at_once(page)
    await expect(page.get_by_role("heading", name="Roll tables", exact=True)).to_be_visible()


async def _closes_and_opens_at_once(page: Page) -> None:
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.evaluate(CLOSE_AND_OPEN)
    await expect(page.get_by_role("dialog")).to_be_visible()


async def test_a_dungeon_master_by_keyboard(sit_down: SitDown) -> None:
    dm = await sit_down("dm")
    await dm.page.keyboard.press("m")
    await _is_focused(dm.page, dm.page.get_by_label("Narration"))
    await dm.page.keyboard.type("Somebody knocks, thrice.")
    await dm.page.keyboard.press("Enter")
    await dm.reads("Somebody knocks, thrice.")
    await dm.page.keyboard.press("Escape")

    for region in ("stage", "panel", "composer", "players"):
        await dm.page.keyboard.press("F6")
        await expect(dm.page.locator(f"[data-region={region}]:focus-within").last).to_be_visible()


async def test_every_stop_of_the_tab_key_is_seen(sit_down: SitDown) -> None:
    dm = await sit_down("dm")
    stops = await _walk(dm)

    order = ["Skip to the chat", "Narration", "Narrate", "Chat", "Message", "Send", "d4", "Formula", "Roll"]
    assert [stop for stop in stops if stop in order] == order


async def _walk(seat: Seat) -> list[str]:
    """By the tab key through the page, once."""
    stops: list[str] = []
    for _ in range(MOST_STOPS):
        await seat.page.keyboard.press("Tab")
        name = str(await seat.page.evaluate(NAME_OF_FOCUS))
        if await seat.page.evaluate("document.activeElement === document.body"):
            break
        assert await seat.page.evaluate(FOCUS_IS_VISIBLE), f"nobody sees that {name!r} has the focus"
        stops.append(name)
        if name == "Roll":
            break
    return stops


async def _the_tray(page: Page) -> None:
    keys = page.keyboard
    await page.get_by_role("button", name="d20").focus()
    await keys.press("Enter")
    await keys.press("a")
    await expect(page.get_by_label("Adv", exact=True)).to_be_checked()
    await keys.press("a")
    await keys.press("ArrowLeft")
    await keys.press("Enter")
    await keys.press("Enter")
    await keys.press("Backspace")
    await expect(page.get_by_label("Formula")).to_have_value("1d20 + 1d12")
    await keys.press("r")
    await expect(page.get_by_label("Formula")).to_be_focused()
    await keys.press("Enter")
    await expect(page.get_by_role("log").get_by_text("1d20 + 1d12")).to_be_visible()


async def _the_tabs(page: Page) -> None:
    await page.get_by_role("tab", name="Chat").focus()
    for name in ("Combat", "Characters", "Dice log", "Chat"):
        await page.keyboard.press("ArrowRight")
        await _is_focused(page, page.get_by_role("tab", name=name))
        await expect(page.get_by_role("tabpanel", name=name)).to_be_visible()
    await page.keyboard.press("Alt+2")
    await expect(page.get_by_role("tabpanel", name="Combat")).to_be_visible()
    await page.keyboard.press("Alt+1")


async def _the_sheet(page: Page) -> None:
    await page.get_by_role("tab", name="Chat").focus()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await _is_focused(page, page.get_by_role("tab", name="Chat"))


async def _is_focused(page: Page, element: Locator) -> None:
    await expect(element).to_be_focused()
    assert await page.evaluate(FOCUS_IS_VISIBLE)
