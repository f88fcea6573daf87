"""A tab that the system put to sleep: its scripts stand still, and nobody hears from it."""

from playwright.async_api import expect

from tests.browser.conftest import SitDown, Visit
from tests.browser.seat import SLOW
from tests.support.line import Line
from tests.support.server import ServerProcess

MINUTE = 60_000  # milliseconds
ASLEEP = "frozen"
AWAKE = "active"


async def test_a_tab_that_slept_catches_up(visit: Visit, sit_down: SitDown, site: ServerProcess) -> None:
    """The machine slept with it: the connection is gone without a word, and its clock jumps by a minute."""
    dm = await sit_down("dm")
    async with Line(site.port) as line:
        alice = await visit(line.origin)
        await alice.page.clock.install()
        await alice.sit_down_as("alice")
        await dm.says("The last words before the nap.")
        await alice.reads("The last words before the nap.")

        devtools = await alice.page.context.new_cdp_session(alice.page)
        await alice.page.clock.pause_at(await alice.page.evaluate("Date.now() + 1000"))
        await devtools.send("Page.setWebLifecycleState", {"state": ASLEEP})
        await line.cut()
        for number in range(3):
            await dm.says(f"Outcome while alice sleeps: {number}.")
        await dm.reads("Outcome while alice sleeps: 2.")
        await line.open()
        await devtools.send("Page.setWebLifecycleState", {"state": AWAKE})
        await alice.page.clock.fast_forward(MINUTE)
        await alice.page.clock.resume()

        for number in range(3):
            await alice.reads(f"Outcome while alice sleeps: {number}.")
        await alice.says("Good morning.")
        await dm.reads("Good morning.")
        await expect(alice.page.locator(".notice")).to_have_count(0, timeout=SLOW)
        await alice.page.close()
