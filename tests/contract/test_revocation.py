"""Rights that change while one plays: the live socket follows."""

import asyncio
import time

import pytest

from tests.support.table import Rooms, Table
from tests.support.tokens import expiring
from tests.support.web import Browser

FOLLOWS = 5.0  # seconds; another process changes the database, and the servers ask every second or so


def administer(table: Table, name: str, change: str) -> None:
    """Change `membership` or its `user` from another process."""
    table.server.shell(
        "from game.campaign.models import Membership;"
        f"membership = Membership.objects.get(user={table.user_id(name)}, campaign__sessions={table.session});"
        f"user = membership.user; {change}"
    )


@pytest.mark.parametrize("change", ["membership.delete()", "membership.banned = True; membership.save()"])
async def test_who_is_removed_is_shown_out(table: Table, change: str) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")

    administer(table, "alice", change)

    assert await alice.close_code(FOLLOWS) == 4003
    assert alice.close_reason == "Removed from the session"
    assert (await dm.expect("player_left"))["player"]["user_id"] == table.user_id("alice")
    again = await table.connect(table.tokens["alice"])
    assert await again.close_code() == 4004
    await dm.sends_acked("chat_message", {"message": "And then there was one."})


@pytest.mark.parametrize(
    "change",
    ["user.set_password('another-Pass-9'); user.save()", "user.is_active = False; user.save()", "user.delete()"],
)
async def test_who_is_no_longer_who_one_was_is_signed_out(table: Table, change: str) -> None:
    alice = await table.sit("alice")

    administer(table, "alice", change)

    code = await alice.close_code(FOLLOWS)
    assert code == 4001 or (code == 4003 and change == "user.delete()")  # the membership goes with the user
    again = await table.connect(table.tokens["alice"])
    assert await again.close_code() == 4001


async def test_a_demoted_dm_narrates_no_more(table: Table) -> None:
    dm = await table.sit("dm")

    administer(table, "dm", "membership.role = 'player'; membership.save()")

    refusal = await dm.refused("dm_narration", {"narration": "It rains."})
    assert refusal["code"] == "forbidden"
    assert refusal["message"] == "Only DM can send narration"


async def test_a_token_that_expires_ends_its_socket(table: Table) -> None:
    started = time.monotonic()
    alice = await table.connect(expiring(table.tokens["alice"], table.server.secret_key, 3))
    await alice.expect("room_joined")

    assert await alice.close_code() == 4001
    assert 1 < time.monotonic() - started < 6


async def test_signing_out_ends_the_sockets_of_that_browser(rooms: Rooms) -> None:
    password = rooms.demo["users"]["bob"]["password"]
    here, elsewhere = Browser(rooms.server.port), Browser(rooms.server.port)
    here.sign_in("bob", password)
    elsewhere.sign_in("bob", password)
    async with rooms.demo_table() as table:
        signed_out = await table.connect(cookie=here.cookie, origin=rooms.server.origin)
        stays = await table.connect(cookie=elsewhere.cookie, origin=rooms.server.origin)
        await signed_out.expect("room_joined")
        await stays.expect("room_joined")

        await asyncio.to_thread(here.sign_out)

        assert await signed_out.close_code(FOLLOWS) == 4001
        await stays.fence()
