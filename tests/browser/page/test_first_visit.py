"""What a first visit to the table costs, and that nothing jumps about while it comes."""

from playwright.async_api import Browser, expect

from tests.browser.conftest import SitDown
from tests.browser.seat import Seat
from tests.support.server import ServerProcess

MOST_REQUESTS = 2  # scripts and styles; each costs a slow machine ten milliseconds
MOST_BYTES = 150 * 1024  # of them, compressed
MOST_SHIFT = 0.01  # of what a page may jump about, 0.1 counts as good
OBSERVE = """new PerformanceObserver((list) => {
  const shifts = list.getEntries().filter(({ hadRecentInput }) => !hadRecentInput);
  window.shift = shifts.reduce((sum, { value }) => sum + value, window.shift ?? 0);
}).observe({ type: "layout-shift", buffered: true });"""
# The composer is written in as soon as it stands: before the first frame, before the connection.
WRITE = """new MutationObserver((_, observer) => {
  const composer = document.querySelector("[data-key=message]");
  if (composer === null) return;
  observer.disconnect();
  composer.focus();
  document.execCommand("insertText", false, "Am I late?");
}).observe(document, { childList: true, subtree: true });"""
LOADED = """() => performance.getEntriesByType("resource")
  .filter(({ name }) => /\\.(m?js|css)$/.test(name)).map(({ encodedBodySize }) => encodedBodySize)"""


async def test_few_small_files_and_no_jump(
    chromium: Browser, site: ServerProcess, sit_down: SitDown, seats: list[Seat]
) -> None:
    alice = await sit_down("alice")
    await alice.says("Somebody was here.")
    await alice.reads("Somebody was here.")
    state = await alice.page.context.storage_state()
    fresh = await Seat.open(chromium, "about:blank", storage_state=state)
    seats.append(fresh)
    await fresh.page.add_init_script(OBSERVE)

    await fresh.page.goto(alice.page.url)
    await fresh.is_seated()
    await fresh.reads("Somebody was here.")
    await fresh.page.evaluate("document.fonts.ready")

    sizes: list[int] = await fresh.page.evaluate(LOADED)
    assert len(sizes) <= MOST_REQUESTS
    assert min(sizes) > 0
    assert sum(sizes) < MOST_BYTES
    assert await fresh.page.evaluate("window.shift ?? 0") <= MOST_SHIFT


async def test_the_composer_takes_words_as_soon_as_it_stands_and_keeps_them(
    chromium: Browser, site: ServerProcess, sit_down: SitDown, seats: list[Seat]
) -> None:
    alice = await sit_down("alice")
    state = await alice.page.context.storage_state()
    fresh = await Seat.open(chromium, "about:blank", storage_state=state)
    seats.append(fresh)
    await fresh.page.add_init_script(WRITE)

    await fresh.page.goto(alice.page.url)
    await fresh.is_seated()

    composer = fresh.page.get_by_label("Message")
    await expect(composer).to_be_focused()
    await expect(composer).to_have_value("Am I late?")
    await composer.press("Enter")
    await expect(composer).to_have_value("")
    await fresh.reads("Am I late?")


async def test_what_comes_in_moves_nothing_else(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    await alice.page.evaluate(OBSERVE)
    await dm.says("A line.")
    await dm.rolls("2d20kh1 + 5")
    await alice.reads("A line.")
    await alice.reads("2d20kh1 + 5")

    await expect(alice.page.get_by_label("Message")).to_be_visible()
    assert await alice.page.evaluate("window.shift ?? 0") <= MOST_SHIFT
