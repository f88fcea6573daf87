"""Dice that somebody throws on a table of their own, told to the one on the screen."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from tests.browser.conftest import SitDown
from tests.support.server import ServerProcess

HAND = "Enter real dice"


@pytest.fixture
async def forbidden(site: ServerProcess) -> AsyncIterator[None]:
    """The demo's campaign takes no reported rolls meanwhile."""
    site.shell(_allow(False))
    yield
    site.shell(_allow(True))


def _allow(allowed: bool) -> str:
    return f"from game.models import Campaign; Campaign.objects.update(allows_reported_rolls={allowed})"


async def test_what_real_dice_showed_is_told_and_marked(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    page = alice.page
    await page.get_by_label(HAND).click()
    await page.get_by_label("Formula").fill("2d20kh1 + 3d4 - 7")
    dice = page.get_by_role("group", name="What the dice showed")

    await page.get_by_role("button", name="Report").click()
    await expect(page.get_by_role("alert")).to_contain_text("Enter what each die showed")
    await dice.get_by_label("Die 1, a d20, showed").fill("21")
    await expect(page.get_by_role("alert")).to_contain_text("A d20 shows 1 to 20")
    await dice.get_by_label("Die 1, a d20, showed").fill("")
    await dice.get_by_label("Die 1, a d20, showed").focus()
    await page.keyboard.type("20344")  # each field hands on to the next: 20, 3, 4, 4
    await page.get_by_role("group", name="Faces of the d4").get_by_role("button", name="2", exact=True).click()
    await page.get_by_role("button", name="Report 23").click()

    for someone in (dm, alice):
        roll = await someone.reads("2d20kh1 + 3d4 - 7")
        await expect(roll).to_contain_text("Rolled by hand")
        await expect(roll.locator(".roll__total")).to_have_text("Total 23")
    await expect(dice.get_by_label("Die 1, a d20, showed")).to_have_value("")
    await page.get_by_label(HAND).click()


async def test_a_report_that_does_not_add_up_comes_back_to_be_mended(sit_down: SitDown) -> None:
    alice = await sit_down("alice")
    page = alice.page
    await page.get_by_label(HAND).click()
    await page.get_by_label("Formula").fill("4d6kh3 + 90")
    await page.get_by_label("Faces, in the order rolled").fill("6 6 2 4")
    await page.get_by_label("Total", exact=True).fill("107")
    await page.get_by_role("button", name="Report 107").click()
    refused = page.get_by_label("On the way").get_by_role("listitem")
    await expect(refused.get_by_role("alert")).to_contain_text("These dice come to 106, not 107.")

    await refused.get_by_role("button", name="Edit").click()
    await expect(page.get_by_label("Faces, in the order rolled")).to_have_value("6 6 2 4")
    await page.get_by_label("Total", exact=True).fill("106")
    await page.get_by_role("button", name="Report 106").click()

    await expect(await alice.reads("4d6kh3 + 90")).to_contain_text("Rolled by hand")


async def test_where_reports_are_forbidden_there_is_no_way_to_make_one(sit_down: SitDown, forbidden: None) -> None:
    alice = await sit_down("alice")

    await expect(alice.page.get_by_role("button", name="Roll", exact=True)).to_be_visible()
    await expect(alice.page.get_by_label(HAND)).to_have_count(0)
