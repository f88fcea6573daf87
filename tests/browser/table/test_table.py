"""The table's page, in a real browser against a real server."""

import asyncio
import re

from playwright.async_api import expect

from tests.browser.conftest import SitDown
from tests.support.server import ServerProcess


async def test_two_people_chat_roll_and_narrate(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    await dm.sees_at_the_table("dm", "alice")

    await alice.says("Hail, everybody!")
    await alice.rolls("2d6+40")
    await dm.narrates("You enter a dark cave…")

    for someone in (dm, alice):
        await someone.reads("Hail, everybody!")
        roll = await someone.reads("2d6+40")
        assert (total := re.search(r"\b4[2-9]\b|\b5[0-2]\b", await roll.inner_text())), total
        await someone.reads("You enter a dark cave…")
    assert await (await dm.reads("2d6+40")).inner_text() == await (await alice.reads("2d6+40")).inner_text()
    await expect(alice.page.get_by_role("button", name="Narrate")).to_have_count(0)


async def test_a_killed_server_interrupts_nobody(sit_down: SitDown, site: ServerProcess) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")

    await asyncio.to_thread(site.kill)
    await alice.says("Has the light gone out?")
    await asyncio.to_thread(site.start)

    for someone in (dm, alice):
        await someone.reads("Has the light gone out?")


async def test_who_reloads_finds_everything_as_it_was(sit_down: SitDown) -> None:
    dm, alice = await sit_down("dm"), await sit_down("alice")
    await alice.says("I shall be right back.")
    await dm.reads("I shall be right back.")

    await alice.page.reload()

    await alice.reads("I shall be right back.")
    await alice.sees_at_the_table("dm", "alice")
    await alice.says("Back.")
    await dm.reads("Back.")
