"""What comes on paper: the log, and nothing to press."""

from playwright.async_api import expect

from tests.browser.conftest import SitDown


async def test_the_log_is_printed_without_controls(sit_down: SitDown) -> None:
    dm = await sit_down("dm")
    for number in range(25):
        await dm.says(f"Printed line {number}.\n\nAnd more of it.")
    await expect(dm.page.get_by_role("log").get_by_text("Printed line 24.")).to_be_visible()

    await dm.page.emulate_media(media="print")

    log = dm.page.get_by_role("log")
    await expect(log.get_by_text("Printed line 0.")).to_be_visible()
    await expect(log.get_by_text("Printed line 24.")).to_be_visible()
    assert await dm.page.get_by_role("button").count() == 0
    assert await dm.page.get_by_role("textbox").count() == 0
    shown = await log.evaluate("(log) => log.getBoundingClientRect().height >= log.scrollHeight - 1")
    assert shown
    await dm.page.emulate_media(media="screen")
    await expect(dm.page.get_by_label("Message")).to_be_visible()
