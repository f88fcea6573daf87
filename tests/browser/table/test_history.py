"""A log of a hundred thousand lines, scrolled through."""

import asyncio

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.browser.seat import Seat
from tests.conftest import StartServer
from tests.support.server import ServerProcess

LINES = 100_000
MOST_ROWS = 200  # in the page at a time
LONG_AGO = "It began with a lamp that nobody had lit."
OLD_ROLL = "1d100"
FILL = f"""
import json
from django.db import connection, transaction
from django.utils import timezone
from accounts.models import User
from game.demo.tables import demo_session_id
from game.models import LogEntry, Session
session, bob = Session.objects.get(pk=demo_session_id()), User.objects.get(username="bob")
who = {{"user_id": bob.pk, "username": "bob", "display_name": None, "character_id": None, "character_name": None,
        "colour": None, "role": "player"}}
now = timezone.now()
def roll(formula, result):
    die = {{"value": result, "kept": True}}
    term = {{"notation": formula, "sign": 1, "sides": 100, "dice": [die], "subtotal": result}}
    rolled = {{"formula": formula, "result": result, "rolls": [result], "modifier": 0}}
    return rolled | {{"source": "server", "terms": [term]}}
def line(seq):
    if seq == 3:
        told = {{"player": who, "narration": "{LONG_AGO}", "timestamp": now.isoformat()}}
        return session.pk, seq, "dm_narration", json.dumps(told), bob.pk, connection.ops.adapt_datetimefield_value(now)
    if seq == {LINES} - 5000:
        rolled = {{"player": who, "roll": roll("{OLD_ROLL}", 77), "timestamp": now.isoformat()}}
        return session.pk, seq, "dice_roll", json.dumps(rolled), bob.pk, connection.ops.adapt_datetimefield_value(now)
    said = {{"player": who, "message": f"Line {{seq}}." + " Words." * (seq % 40), "timestamp": now.isoformat()}}
    return session.pk, seq, "chat_message", json.dumps(said), bob.pk, connection.ops.adapt_datetimefield_value(now)
with transaction.atomic(), connection.cursor() as cursor:
    cursor.executemany(
        f"INSERT INTO {{LogEntry._meta.db_table}} (session_id, seq, event, data, author_id, created_at) "
        "VALUES (%s, %s, %s, %s, %s, %s)", [line(seq) for seq in range(session.seq + 1, {LINES} + 1)])
Session.objects.filter(pk=session.pk).update(seq={LINES})
"""
# The line in the middle of the view, and how far below the view's top it ends.
MIDDLE = """(log) => {
  const { top, height } = log.getBoundingClientRect();
  const end = (row) => row.getBoundingClientRect().bottom - top;
  const row = [...log.querySelectorAll("li")].find((one) => end(one) > height / 2);
  return [row.textContent.match(/Line \\d+\\./)[0], end(row)];
}"""
# Resolves when nothing has moved for as long as ten frames.
STILL = """(log) => new Promise((resolve) => {
  let [last, still] = [log.scrollTop, 0];
  const look = () => {
    still = log.scrollTop === last ? still + 1 : 0;
    last = log.scrollTop;
    if (still > 10) resolve(); else requestAnimationFrame(look);
  };
  look();
})"""
WHEEL = -2500  # pixels a turn
FAR = 700  # lines, more than the page holds


@pytest.fixture(scope="module")
def library(start_server: StartServer) -> ServerProcess:
    """A server whose demo table has talked for a long time."""
    server = start_server("uvicorn-sqlite")
    server.clear_table()
    server.shell(FILL)
    return server


async def test_a_hundred_thousand_lines(chromium: Browser, library: ServerProcess, seats: list[Seat]) -> None:
    bob = await Seat.take(chromium, library.origin, "bob")
    dm = await Seat.take(chromium, library.origin, "dm")
    seats += [bob, dm]
    log = bob.page.get_by_role("log")
    await expect(log.get_by_text(f"Line {LINES}.")).to_be_in_viewport()
    await expect(bob.page.get_by_label("Scene")).to_contain_text(LONG_AGO)

    asked: asyncio.Queue[Route] = asyncio.Queue()
    await bob.page.route("**/events/?before=*", asked.put_nowait)
    while await _up(bob.page, asked) > LINES - FAR:
        pass
    await bob.page.unroute("**/events/?before=*")
    assert await log.get_by_role("listitem").count() <= MOST_ROWS

    before = await _middle(bob.page)
    for number in range(5):
        await dm.says(f"Outcome while bob reads: {number}.")
    await dm.reads("Outcome while bob reads: 4.")
    await expect(bob.page.get_by_role("button", name="5 new")).to_be_visible()
    _is_unmoved(before, await _middle(bob.page))

    await bob.page.get_by_role("button", name="5 new").click()
    await expect(log.get_by_text("Outcome while bob reads: 4.")).to_be_in_viewport()
    assert await log.get_by_role("listitem").count() <= MOST_ROWS
    await dm.says("And one more.")
    await expect(log.get_by_text("And one more.")).to_be_in_viewport()


async def test_rolls_of_long_ago_are_found(chromium: Browser, library: ServerProcess, seats: list[Seat]) -> None:
    bob = await Seat.take(chromium, library.origin, "bob")
    seats.append(bob)
    await bob.page.get_by_role("tab", name="Dice log").click()
    rolls = bob.page.get_by_role("tabpanel", name="Dice log")
    await expect(rolls.get_by_role("button", name=f"Put {OLD_ROLL} into the tray")).to_have_count(0)

    await rolls.get_by_role("button", name="Earlier rolls").click()

    await expect(rolls.get_by_role("button", name=f"Put {OLD_ROLL} into the tray")).to_have_count(1)
    await expect(rolls.get_by_role("listitem")).to_contain_text("77")


async def _up(page: Page, asked: asyncio.Queue[Route]) -> int:
    """Turn the wheel until earlier lines are asked for, and let them come: the line one reads stays where it is.

    The number of that line.
    """
    log = page.get_by_role("log")
    await log.hover()
    while asked.empty():
        await page.mouse.wheel(0, WHEEL)
        await log.evaluate(STILL)
    before = await _middle(page)
    route = asked.get_nowait()
    async with page.expect_event("requestfinished", lambda request: request == route.request):
        await route.continue_()
    await log.evaluate(STILL)
    _is_unmoved(before, await _middle(page))
    return int(before[0].removeprefix("Line ").removesuffix("."))


async def _middle(page: Page) -> tuple[str, float]:
    text, end = await page.get_by_role("log").evaluate(MIDDLE)
    return text, end


def _is_unmoved(before: tuple[str, float], now: tuple[str, float]) -> None:
    assert before[0] == now[0]
    assert abs(before[1] - now[1]) <= 1
