"""The admin in the project's colours: legible in every look."""

from playwright.async_api import expect

from tests.browser import axe
from tests.browser.conftest import Visit
from tests.support.server import ServerProcess

PAGES = ("", "game/logentry/", "game/campaign/", "game/session/", "game/session/add/", "game/macro/", "game/rolltable/")
STAFF = "from accounts.models import User; User.objects.filter(username='dm').update(is_staff=True)"


async def test_a_dm_reads_it_in_every_look(visit: Visit, site: ServerProcess) -> None:
    password = site.demo()["users"]["dm"]["password"]
    site.shell(STAFF)
    dm = await visit("/sign-in/?next=/admin/", **axe.STILL)
    await dm.page.get_by_label("Name").fill("dm")
    await dm.page.get_by_label("Password").fill(password)
    await dm.page.get_by_role("button", name="Sign in").click()
    await expect(dm.page.get_by_role("heading", name="Campaigns and people")).to_be_visible()

    for path in PAGES:
        await dm.page.goto(f"{site.origin}/admin/{path}")
        await dm.page.evaluate(axe.AXE)
        for theme in ("dark", "light"):
            await dm.page.emulate_media(color_scheme=theme)
            assert await dm.page.evaluate(axe.RUN, axe.COLOURS) == [], f"{path} in {theme}"
    async with dm.page.expect_response("**/look/"):
        await dm.page.get_by_role("button", name="Switch to dark").click()
    await dm.page.goto(f"{site.origin}/admin/")
    await expect(dm.page.locator("body")).to_have_css("background-color", "rgb(26, 22, 19)")
