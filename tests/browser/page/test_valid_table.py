"""What the scripts make of the table is valid HTML, in each panel and state."""

import asyncio
import json
import subprocess
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import SitDown
from tests.browser.page.test_phone import PHONE

PROJECT = Path(__file__).resolve().parents[3]
VALIDATOR = PROJECT / "node_modules/.bin/html-validate"
# Styles that scripts set are no inline styles, which the policy would refuse; a list is called what it lists; and a
# browser writes its documents' type in capitals.
OF_A_LIVING_PAGE = {
    "no-inline-style": "off",
    "aria-label-misuse": ["error", {"allowAnyNamable": True}],
    "doctype-style": "off",
}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """The project's rules, but for what only a page on paper can hold."""
    if not VALIDATOR.exists():
        pytest.skip("html-validate is missing: npm ci")
    rules = json.loads((PROJECT / ".htmlvalidate.json").read_text())
    rules["rules"] |= OF_A_LIVING_PAGE
    (place := tmp_path / "rules.json").write_text(json.dumps(rules))
    return place


async def test_the_table_in_a_fight(sit_down: SitDown, config: Path, tmp_path: Path) -> None:
    dm = await sit_down("dm")
    page = dm.page
    await dm.rolls("2d20kh1+5")
    await (await dm.reads("2d20kh1+5")).get_by_role("button", name="Proof").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Nothing suspicious so far")
    await _write(page, tmp_path / "proof.html")
    await page.get_by_role("dialog").get_by_role("button", name="Close").click()
    await dm.narrates("A first line.\n\nA second.")
    await page.get_by_label("Enter real dice").click()
    await page.get_by_role("tab", name="Combat").click()
    await page.get_by_role("button", name="Start combat").click()
    for name, hit_points in (("Wren Ashdown", "7"), ("Goblin", "")):
        await page.get_by_label("Name", exact=True).fill(name)
        await page.get_by_label("Hit points", exact=True).fill(hit_points)
        await page.get_by_role("button", name="Add", exact=True).click()
        await expect(page.get_by_label("Combatants")).to_contain_text(name)
    await page.get_by_role("button", name="Next turn").click()
    await expect(page.get_by_label("Turn", exact=True)).to_contain_text("turn")
    await page.get_by_role("tab", name="Chat").focus()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    await _write(page, tmp_path / "fight.html")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Session menu").click()
    await _write(page, tmp_path / "menu.html")
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="End combat").click()
    await page.get_by_label("Enter real dice").click()

    carol = await sit_down("carol", **PHONE)
    await carol.page.get_by_label("Table", exact=True).get_by_role("button", name="More").click()
    await _write(carol.page, tmp_path / "phone.html")
    await page.get_by_role("tab", name="Dice log").click()
    await page.get_by_role("button", name="Fair dice").click()
    await page.get_by_role("link", name="Luck, and the rolls to download").click()
    await expect(page.get_by_role("heading", name="Luck")).to_be_visible()
    await _write(page, tmp_path / "luck.html")
    await asyncio.to_thread(_are_valid, config, tmp_path)


async def _write(page: Page, place: Path) -> None:
    await asyncio.to_thread(place.write_text, await page.content())


def _are_valid(config: Path, folder: Path) -> None:
    files = sorted(folder.glob("*.html"))
    run = subprocess.run([VALIDATOR, "--config", config, "--formatter", "text", *files], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
