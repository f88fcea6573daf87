"""In character and out of it, and what is not said at all."""

from playwright.async_api import expect

from tests.browser import doors
from tests.browser.conftest import SitDown


async def test_one_speaks_as_oneself_without_leaving_the_character(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    voice = alice.page.get_by_label("Speaking as")

    await voice.select_option("Yourself (out of character)")
    await alice.says("Tea, anybody?")
    await voice.select_option("Wren Ashdown")
    await alice.says("Who goes there?")
    await alice.says("/ooc Back in a minute.")
    await alice.says("/me lights the lantern")

    for someone in (dm, alice):
        for words, kind in (("Tea, anybody?", "ooc"), ("Who goes there?", "said"), ("Back in a minute.", "ooc")):
            await expect((await someone.reads(words)).locator(f".{kind}")).to_be_visible()
        await expect(someone.page.locator(".action").last).to_have_text("Wren Ashdown lights the lantern")
        await someone.sees_at_the_table("dm", "alice")


async def test_a_whisper_that_is_none_is_not_said_aloud(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    box = alice.page.get_by_label("Message")

    await alice.says("/w dm I pocket the ring")

    await expect(alice.page.get_by_role("alert")).to_contain_text("Unknown command /w")
    await expect(box).to_have_value("/w dm I pocket the ring")
    await alice.says("Shall we go on?")
    await dm.reads("Shall we go on?")
    await expect(dm.page.get_by_text("pocket the ring")).to_have_count(0)
    await expect(alice.page.get_by_role("alert")).to_have_count(0)


async def test_a_dm_who_makes_a_character_goes_on_speaking_as_the_dm(sit_down: SitDown) -> None:
    dm = await sit_down("dm")
    page, table = dm.page, dm.page.url
    campaign = await page.locator("#table").get_attribute("data-campaign-url")
    await page.goto(f"{table.partition('/play/')[0]}{campaign}")
    await page.get_by_role("link", name="New character").click()
    await doors.name_character(dm, "Old Bess")

    await page.goto(table)
    await dm.is_seated()
    await dm.says("Where were we?")

    await expect(page.get_by_label("Speaking as")).to_have_value("")
    await dm.reads("Where were we?")
    await expect(page.get_by_role("log")).not_to_contain_text("Old Bess")
    await expect(page.get_by_role("list", name="At the table")).not_to_contain_text("Old Bess")
