"""An evening, from the first visit to the end, by people who have never been here."""

import asyncio

from playwright.async_api import expect

from tests.browser import doors
from tests.browser.conftest import SitDown, Visit
from tests.browser.seat import SLOW, Seat
from tests.support.line import Line
from tests.support.server import ServerProcess


async def test_from_nothing_to_a_table(visit: Visit, site: ServerProcess) -> None:
    dm = await visit("/sign-up/")
    await doors.sign_up(dm, "halla")
    await doors.found(dm, "The Salt Road", "Lamps go out.")
    link = await doors.invite(dm)
    await dm.page.get_by_role("link", name="Done").click()
    await doors.open_session(dm, "The first lamp")

    player = await visit(link)
    await player.page.get_by_role("link", name="Sign up and join").click()
    await doors.sign_up(player, "ines")
    await doors.name_character(player, "Aria Vell")

    await doors.sit_at(dm, "The first lamp")
    await doors.sit_at(player, "The first lamp")
    for someone in (dm, player):
        await someone.sees_at_the_table("halla", "ines")
    await _play(dm, player)
    await _restart(dm, player, site)

    await player.page.get_by_role("link", name="RollScape, your campaigns").click()
    await dm.sees_at_the_table("halla")


async def _play(dm: Seat, player: Seat) -> None:
    await dm.says("Is everybody here?")
    await player.says("Aria is ready.")
    await player.rolls("1d20+5")
    await dm.narrates("You enter a dark cave…")
    await player.page.get_by_role("button", name="Attack").click()
    await player.says("Goblin with longsword")

    for someone in (dm, player):
        for text in ("Is everybody here?", "Aria is ready.", "1d20+5", "You enter a dark cave…"):
            await someone.reads(text)
        await expect(someone.page.locator(".action")).to_have_text("Aria Vell attacks Goblin with longsword")
        await expect(someone.page.get_by_label("Scene")).to_contain_text("You enter a dark cave…")
    await expect((await dm.reads("Aria is ready.")).locator(".msg__name")).to_have_text("Aria Vell")


async def _restart(dm: Seat, player: Seat, site: ServerProcess) -> None:
    await asyncio.to_thread(site.stop)
    await player.says("Typed while nobody listened.")
    await expect(player.page.get_by_label("On the way")).to_contain_text("Waiting to be sent")
    await asyncio.to_thread(site.start)

    for someone in (dm, player):
        await someone.reads("Typed while nobody listened.")
        await someone.sees_at_the_table("halla", "ines")
    await expect(player.page.get_by_label("On the way")).to_have_count(0)


async def test_a_cut_network_is_a_quiet_notice(visit: Visit, sit_down: SitDown, site: ServerProcess) -> None:
    dm = await sit_down("dm")
    async with Line(site.port) as line:
        alice = await visit(line.origin)
        await alice.sit_down_as("alice")
        await dm.says("The last words before the tunnel.")
        await alice.reads("The last words before the tunnel.")

        await line.cut()
        await expect(alice.page.locator(".notice")).to_contain_text("Keep writing")
        await expect(await alice.reads("The last words before the tunnel.")).to_be_visible()
        await alice.says("Written in the tunnel.")
        await expect(alice.page.locator(".notice")).to_contain_text("1 message is waiting")
        for number in range(3):
            await dm.says(f"Outcome meanwhile: {number}.")
        await dm.reads("Outcome meanwhile: 2.")
        await line.open()

        await expect(alice.page.get_by_role("status").filter(has_text="Caught up: ")).to_be_visible(timeout=SLOW)
        for someone in (dm, alice):
            await someone.reads("Outcome meanwhile: 2.")
            await someone.reads("Written in the tunnel.")
        await expect(alice.page.locator(".notice")).to_have_count(0)
        await alice.page.close()


async def test_what_is_refused_comes_back_to_be_edited(visit: Visit, sit_down: SitDown, site: ServerProcess) -> None:
    """He narrates as a DM, and is a player again before it can be sent."""
    dm = await sit_down("dm")
    await asyncio.to_thread(make, site, "bob", "dm")
    async with Line(site.port) as line:
        bob = await visit(line.origin)
        await bob.sit_down_as("bob")

        await line.cut()
        await bob.narrates("I lead you into the marsh.")
        await asyncio.to_thread(make, site, "bob", "player")
        await line.open()

        refused = bob.page.get_by_label("On the way").get_by_role("listitem")
        await expect(refused.get_by_role("alert")).to_contain_text("Not sent: ", timeout=SLOW)
        await expect(refused).to_contain_text("I lead you into the marsh.")
        await expect(bob.page.get_by_label("Narration")).to_have_count(0)
        await refused.get_by_role("button", name="Edit").click()
        await expect(bob.page.get_by_label("Message")).to_have_value("I lead you into the marsh.")
        await bob.says("I walk into the marsh.")
        await dm.reads("I walk into the marsh.")
        await expect(dm.page.get_by_text("I lead you into the marsh.")).to_have_count(0)
        await bob.page.close()


def make(site: ServerProcess, name: str, role: str) -> None:
    """Give somebody another role in the demo campaign."""
    site.shell(
        "from game.models import Membership;"
        f"member = Membership.objects.get(user__username={name!r}); member.role = {role!r}; member.save()"
    )
