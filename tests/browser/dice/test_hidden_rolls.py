"""Hidden rolls, and rolls by slash commands."""

from playwright.async_api import expect

from tests.browser.conftest import SitDown


async def test_a_roll_for_oneself_is_seen_by_nobody_else_until_it_is_revealed(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")

    await alice.page.get_by_label("Seen by").select_option("Only you")
    await alice.rolls("3d6+50")
    mine = await alice.reads("3d6+50")
    await expect(mine.get_by_text("Only you see this")).to_be_visible()
    await alice.says("That was me.")
    await dm.reads("That was me.")
    await expect(dm.page.get_by_role("log").get_by_text("3d6+50")).to_have_count(0)

    await mine.get_by_role("button", name="Reveal").click()
    await dm.reads("3d6+50")
    await expect(alice.page.get_by_role("log").get_by_text("Only you see this")).to_have_count(0)
    await expect(alice.page.get_by_role("button", name="Reveal")).to_have_count(0)


async def test_who_rolls_blind_sees_that_and_the_dm_what(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")

    await alice.says("/blindroll 1d4+60 # Do I hear it?")

    card = await alice.reads("Do I hear it?")
    await expect(card.get_by_text("You rolled blind")).to_be_visible()
    seen = await dm.reads("Do I hear it?")
    await expect(seen.get_by_text("Only the DM sees this")).to_be_visible()
    await seen.get_by_role("button", name="Reveal").click()
    await expect(alice.page.get_by_role("log").get_by_text("reveals a hidden roll of")).to_be_visible()


async def test_a_sentence_may_roll(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")

    await alice.says("I swing for [[1d1+6]].")

    for someone in (dm, alice):
        await expect(someone.page.get_by_role("log").get_by_text("I swing for 1d1+6 = 7.")).to_be_visible()
