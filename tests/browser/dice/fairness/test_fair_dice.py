"""Dice that are checked where they fell, and the odds of what is typed."""

from playwright.async_api import expect

from tests.browser.axe import STILL, is_accessible
from tests.browser.conftest import SitDown

SCRIPTS = """() => performance.getEntriesByType("resource").map(({ name }) => name)
  .filter((name) => /\\.js$/.test(name)).map((name) => /bundles\\/(\\w+)/.exec(name)?.[1] ?? name)"""


async def test_a_roll_is_proved_when_its_seed_is_out(sit_down: SitDown) -> None:
    alice = await sit_down("alice")
    await alice.rolls("4d6kh3+70")
    card = await alice.reads("4d6kh3+70")
    sheet = alice.page.get_by_role("dialog")
    await card.get_by_role("button", name="Proof").click()
    await expect(sheet).to_contain_text("Nothing suspicious so far")
    await expect(sheet.get_by_role("button", name="New secret")).to_be_visible()
    await sheet.get_by_role("button", name="Close").click()

    await alice.page.get_by_role("tab", name="Dice log").click()
    await alice.page.get_by_role("button", name="Fair dice").click()
    number = sheet.get_by_text("Commitment to secret")
    before = await number.inner_text()
    await sheet.get_by_role("button", name="New secret").click()
    await expect(number).not_to_have_text(before)
    await sheet.get_by_role("button", name="Close").click()

    await alice.page.get_by_role("tab", name="Chat").click()
    await card.get_by_role("button", name="Proof").click()
    await expect(sheet).to_contain_text("the dice are the same")
    await expect(sheet).to_contain_text("the formula gives the same total")
    await expect(sheet).to_contain_text("This roll is proved")


async def test_what_proves_a_roll_is_fetched_when_somebody_doubts_it(sit_down: SitDown) -> None:
    alice = await sit_down("alice")
    await alice.rolls("3d6+40")
    card = await alice.reads("3d6+40")
    assert await alice.page.evaluate(SCRIPTS) == ["play"]

    await card.get_by_role("button", name="Proof").click()
    await expect(alice.page.get_by_role("dialog")).to_contain_text("Nothing suspicious so far")

    assert await alice.page.evaluate(SCRIPTS) == ["play", "verify"]


async def test_a_hidden_roll_and_rolls_in_a_sentence_have_their_proof(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")

    await alice.says("I swing [[1d1+80]] and hit [[1d1]].")
    await alice.says("/gmroll 1d4+90")

    line, hidden = await alice.reads("I swing 1d1+80 = 81 and hit 1d1 = 1."), await dm.reads("1d4+90")
    await line.get_by_role("button", name="Proof").click()
    await expect(alice.page.get_by_role("dialog").locator("section")).to_have_count(2)
    await hidden.get_by_role("button", name="Proof").click()
    await expect(dm.page.get_by_role("dialog")).to_contain_text("It was hidden, so it has its own key")


async def test_where_a_formula_is_beyond_the_page_the_proof_says_so(sit_down: SitDown) -> None:
    dm = await sit_down("dm")

    await dm.says("/selfroll (1d20+70)/2")

    await (await dm.reads("(1d20+70)/2")).get_by_role("button", name="Proof").click()
    sheet = dm.page.get_by_role("dialog")
    await expect(sheet.locator('[data-verdict="part"]')).to_contain_text("python -m game.dice.verify")
    await expect(sheet).to_contain_text("What the formula makes of them is not checked here")


async def test_one_contributes_a_seed_of_ones_own(sit_down: SitDown) -> None:
    alice = await sit_down("alice")
    await alice.page.get_by_role("tab", name="Dice log").click()
    await alice.page.get_by_role("button", name="Fair dice").click()
    sheet = alice.page.get_by_role("dialog")

    await sheet.get_by_label("Your own seed").fill("swordfish")
    await sheet.get_by_role("button", name="Change my seed").click()

    await expect(sheet.get_by_role("status")).to_contain_text("counts from the next roll on")
    await alice.page.wait_for_function(
        """() => fetch(`/api/sessions/${document.querySelector("#table").dataset.sessionId}/events/`)
               .then((answer) => answer.text()).then((text) => text.includes("swordfish"))"""
    )


async def test_the_luck_page_shows_what_fell(sit_down: SitDown) -> None:
    alice = await sit_down("alice", **STILL)
    await alice.rolls("3d6+95")
    await alice.reads("3d6+95")

    await alice.page.get_by_role("tab", name="Dice log").click()
    await alice.page.get_by_role("button", name="Fair dice").click()
    await alice.page.get_by_role("link", name="Luck, and the rolls to download").click()

    mine = alice.page.get_by_role("region", name="Alice Reed")
    await expect(mine.get_by_role("heading", name="d6", exact=True)).to_be_visible()
    await mine.get_by_text("Numbers").first.click()
    await expect(mine.get_by_role("table").first).to_be_visible()
    await is_accessible(alice)


async def test_the_odds_of_a_formula_show_as_it_is_typed(sit_down: SitDown) -> None:
    alice = await sit_down("alice")
    formula = alice.page.get_by_label("Formula")

    await formula.fill("{4d6, 2d8}kh1")
    await expect(alice.page.get_by_text("4 to 24, average 14.3")).to_be_visible()
    await expect(alice.page.locator(".formula .spark")).to_be_visible()
    await formula.fill("2d6 + fish")
    await expect(alice.page.locator(".formula[data-invalid]")).to_be_visible()


async def test_without_the_server_nothing_is_said_of_the_odds(sit_down: SitDown) -> None:
    alice = await sit_down("alice")
    await alice.page.route("**/api/dice/preview/**", lambda route: route.abort())

    async with alice.page.expect_event("requestfailed"):
        await alice.page.get_by_label("Formula").fill("{4d6, 2d8}kh1")

    await expect(alice.page.locator(".formula .spark")).to_have_count(0)
    assert (await alice.page.locator(".formula__odds").inner_text()).strip() == ""
    alice.complaints.clear()  # the browser's own words on the request
