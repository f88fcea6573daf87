"""The pages around the table: by keyboard alone, by thumb, and as the profile asks for them."""

from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser import doors
from tests.browser.conftest import Visit
from tests.browser.page.test_keyboard import FOCUS_IS_VISIBLE
from tests.browser.page.test_phone import PHONE, TARGET
from tests.browser.seat import Seat
from tests.support.server import ServerProcess

MOST_STOPS = 60
# A page that nobody looks at, whose tones are counted in place of being played.
OUT_OF_SIGHT = """
  Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
  window.tones = 0;
  OscillatorNode.prototype.start = () => { window.tones += 1; };
"""
# What a finger has to hit: the control, or the label around it. A link within a sentence is as high as its line.
TOO_SMALL = """(least) => {
  const controls = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary");
  const isShown = (one) => one.checkVisibility() && !one.closest(".visually-hidden, .skip, [popover]");
  const isInSentence = (one) => one.matches("p a") && one.parentElement.textContent.trim() !== one.textContent.trim();
  const height = (one) => {
    const cover = getComputedStyle(one, "::after");
    const inset = cover.position === "absolute" ? one.offsetParent?.closest("li")?.getBoundingClientRect().height : 0;
    const label = one.labels?.[0]?.contains(one) ? one.labels[0].getBoundingClientRect().height : 0;
    return Math.max(one.getBoundingClientRect().height, label, inset ?? 0);
  };
  const described = (one) => `${one.getAttribute("aria-label") ?? one.name} ${one.textContent.trim()}: ${height(one)}`;
  return [...controls].filter((one) => isShown(one) && !isInSentence(one) && height(one) < least).map(described);
}"""


async def test_from_nothing_to_the_table_by_keyboard_alone(visit: Visit) -> None:
    dm = await visit("/")
    page, keys = dm.page, dm.page.keyboard
    await _reach(page, page.get_by_role("link", name="Create an account"))
    await keys.press("Enter")
    await expect(page.get_by_label("Name")).to_be_focused()
    await keys.type("handy")
    for _ in range(2):
        await keys.press("Tab")
        await keys.type(doors.PASSWORD)
    await keys.press("Enter")

    await page.wait_for_url("**/lobby/")
    await _reach(page, page.get_by_role("link", name="Start a campaign"))
    await keys.press("Enter")
    await _reach(page, page.get_by_label("Name"))
    await keys.type("The Salt Road")
    await keys.press("Enter")
    await page.wait_for_url("**/campaigns/*/**")
    await _reach(page, page.get_by_role("button", name="Create a link"))
    await keys.press("Enter")
    await _reach(page, page.get_by_role("button", name="Copy the link"))
    await keys.press("Enter")
    await expect(page.get_by_text("Copied.").or_(page.get_by_text("It is selected"))).to_be_visible()
    await _reach(page, page.get_by_role("link", name="Done"))
    await keys.press("Enter")
    await page.wait_for_url("**/campaigns/*/")
    await _reach(page, page.get_by_label("New session"))
    await keys.press("Enter")
    await expect(page.get_by_text("Session 1 is ready")).to_be_visible()
    await _reach(page, page.get_by_role("link", name="Join the table", exact=True))
    await keys.press("Enter")
    await dm.is_seated()


async def test_every_control_is_wide_enough_for_a_thumb(visit: Visit, site: ServerProcess) -> None:
    dm = await visit("/", **PHONE)
    await _is_touchable(dm, site, "/", "/sign-in/", "/sign-up/", "/join/?link=nonsense", "/nothing/")
    await dm.page.goto(f"{site.origin}/sign-up/")
    await doors.sign_up(dm, "thumb")
    await dm.page.wait_for_url("**/lobby/")
    await _is_touchable(dm, site, "/profile/", "/profile/password/", "/lobby/")
    await doors.found(dm, "The Salt Road", "")
    home = dm.page.url.removeprefix(site.origin)
    link = await doors.invite(dm)
    assert await dm.page.evaluate(TOO_SMALL, TARGET - 0.5) == []
    await dm.page.goto(f"{site.origin}{home}")
    await doors.make_character(dm, "Wren")
    await doors.open_session(dm, "The first lamp")

    guest = await visit(link, **PHONE)
    await _is_touchable(guest, site, link.removeprefix(site.origin))
    await guest.page.get_by_role("link", name="Sign up and join").click()
    await doors.sign_up(guest, "finger")
    await guest.page.wait_for_url("**/characters/new/")
    await _is_touchable(guest, site, f"{home}characters/new/", home)
    await _is_touchable(dm, site, "/lobby/", home, f"{home}edit/", f"{home}delete/")
    await dm.page.goto(f"{site.origin}{home}")
    await dm.page.get_by_role("link", name="Change The first lamp").click()
    await dm.page.get_by_role("button", name="Archive this session").click()
    await dm.page.get_by_text("1 archived session").click()
    assert await dm.page.evaluate(TOO_SMALL, TARGET - 0.5) == []
    await dm.page.get_by_role("link", name="Change finger’s role").click()
    assert await dm.page.evaluate(TOO_SMALL, TARGET - 0.5) == []
    dm.complaints.clear()  # pages that refuse are errors to the console


async def test_another_theme_leaves_the_page_as_it_is(visit: Visit, site: ServerProcess) -> None:
    dm = await visit("/sign-up/", color_scheme="dark")
    await doors.sign_up(dm, "lamplighter")
    await doors.found(dm, "The Salt Road", "")
    link = await doors.invite(dm)

    async with dm.page.expect_response("**/look/"):
        await dm.page.get_by_role("button", name="Switch to light").click()

    await expect(dm.page.get_by_role("button", name="Switch to dark")).to_be_visible()
    assert await dm.page.get_by_label("Invitation link", exact=True).input_value() == link
    await dm.page.goto(f"{site.origin}/lobby/")
    await expect(dm.page.locator("html")).to_have_attribute("data-theme", "light")


async def test_sounds_play_as_the_profile_has_it(visit: Visit, site: ServerProcess) -> None:
    dm = await visit("/sign-up/")
    await doors.sign_up(dm, "bell")
    await doors.found(dm, "The Salt Road", "")
    link = await doors.invite(dm)
    await dm.page.get_by_role("link", name="Done").click()
    await doors.open_session(dm, "The first lamp")
    await doors.sit_at(dm, "The first lamp")
    player = await visit(link)
    await player.page.get_by_role("link", name="Sign up and join").click()
    await doors.sign_up(player, "listener")
    await doors.name_character(player, "Aria Vell")
    await player.page.add_init_script(OUT_OF_SIGHT)
    await doors.sit_at(player, "The first lamp")

    await dm.says("Do you hear this?")
    await player.page.wait_for_function("() => window.tones === 1")

    await player.page.goto(f"{site.origin}/profile/")
    await player.page.get_by_label("Play sounds").uncheck()
    await player.page.get_by_role("button", name="Save", exact=True).click()
    await expect(player.page.get_by_text("Saved.")).to_be_visible()
    await player.page.goto(dm.page.url)
    await player.is_seated()
    await dm.says("And this?")
    await player.reads("And this?")
    assert await player.page.evaluate("() => window.tones") == 0


async def test_what_is_chosen_is_seen_in_forced_colours(visit: Visit, site: ServerProcess) -> None:
    someone = await visit("/sign-up/", forced_colors="active")
    await doors.sign_up(someone, "forced")
    await someone.page.wait_for_url("**/lobby/")
    await someone.page.goto(f"{site.origin}/profile/")
    theme = someone.page.get_by_role("group", name="Theme")

    assert await _outline(theme.locator("label:has(:checked)")) != await _outline(theme.locator("label").last)

    await someone.page.goto(f"{site.origin}/lobby/")
    await doors.found(someone, "The Salt Road", "")
    await someone.page.get_by_role("link", name="Create a character").click()
    swatches = someone.page.get_by_role("group", name="Colour")
    assert await _outline(swatches.locator("label:has(:checked)")) != await _outline(swatches.locator("label").last)


async def test_nothing_moves_where_less_motion_is_asked_for(visit: Visit) -> None:
    someone = await visit("/sign-up/", reduced_motion="reduce")
    await doors.sign_up(someone, "still")
    await doors.found(someone, "The Salt Road", "")

    longest = """() => Math.max(0, ...document.getAnimations().map((one) => one.effect.getComputedTiming().endTime))"""
    await expect(someone.page.get_by_text("The Salt Road is ready")).to_be_visible()
    assert await someone.page.evaluate(longest) < 1  # millisecond


async def _outline(element: Locator) -> Any:
    return await element.evaluate("(one) => getComputedStyle(one).outline")


async def _reach(page: Page, element: Locator) -> None:
    """By the tab key, from where the focus is."""
    for _ in range(MOST_STOPS):
        if await element.evaluate("(one) => one === document.activeElement"):
            assert await page.evaluate(FOCUS_IS_VISIBLE)
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"the tab key never comes to {element}")


async def _is_touchable(seat: Seat, site: ServerProcess, *paths: str) -> None:
    for path in paths:
        await seat.page.goto(f"{site.origin}{path}")
        small = await seat.page.evaluate(TOO_SMALL, TARGET - 0.5)
        assert small == [], f"{path}: {small}"
