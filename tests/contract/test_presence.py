"""Who is in the room, as the others are told: once a user, not once a tab."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.support.client import Client
from tests.support.shapes import is_player, is_timestamp
from tests.support.table import Rooms, Table
from tests.support.waiting import soon

GRACE = 10  # seconds for coming back after a cut or a reload
AT_ONCE = 3  # seconds at most, on a slow machine


async def told(table: Table, witness: Client, event: str, name: str, within: float = AT_ONCE) -> None:
    """The witness hears that this user came or went."""
    async with asyncio.timeout(within):
        player = (await witness.expect(event))["player"]
    assert is_player(player)
    assert player["user_id"] == table.user_id(name)


async def test_the_others_hear_who_comes_and_goes(table: Table) -> None:
    dm = await table.sit("dm")

    alice = await table.sit("alice")
    await told(table, dm, "player_joined", "alice")
    bob = await table.sit("bob")
    await told(table, dm, "player_joined", "bob")
    await told(table, alice, "player_joined", "bob")
    await alice.close()
    await told(table, dm, "player_left", "alice")
    await told(table, bob, "player_left", "alice")

    assert [len(client.heard("player_joined")) for client in (dm, alice, bob)] == [2, 1, 0]
    assert [len(client.heard("player_left")) for client in (dm, alice, bob)] == [1, 0, 1]
    assert all("seq" not in frame for frame in dm.frames if frame["event"].startswith("player_"))
    assert await roll_call(table) == {"dm", "bob"}


async def test_a_bare_close_is_a_goodbye_too(table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")

    await alice.close_bare()

    await told(table, dm, "player_left", "alice")


async def test_leaving_the_room_is_told_at_once(table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")
    await told(table, dm, "player_joined", "alice")

    await alice.send("leave_room")
    await told(table, dm, "player_left", "alice")
    await alice.send("join_room")
    await told(table, dm, "player_joined", "alice")

    assert await roll_call(table) == {"dm", "alice"}


async def test_who_left_the_room_is_not_told_of_again_when_the_socket_closes(table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")
    await told(table, dm, "player_joined", "alice")
    await alice.send("leave_room")
    await told(table, dm, "player_left", "alice")

    await alice.close()

    await table.sit("bob")
    await told(table, dm, "player_joined", "bob")
    assert len(dm.heard("player_left")) == 1


async def test_a_second_tab_is_no_second_player(table: Table) -> None:
    dm = await table.sit("dm")
    first = await table.sit("alice")
    second = await table.sit("alice")
    third = await table.sit("alice")

    await first.close()
    await third.send("leave_room")
    await third.expect("room_left")
    await table.sit("bob")
    await told(table, dm, "player_joined", "alice")
    await told(table, dm, "player_joined", "bob")
    assert dm.heard("player_left") == []
    assert second.heard("player_left") == []

    await second.close()
    await told(table, dm, "player_left", "alice")
    assert len(dm.heard("player_joined")) == 2
    assert len(dm.heard("player_left")) == 1


async def test_what_one_tab_says_the_other_hears(table: Table) -> None:
    first, second = await table.sit("alice"), await table.sit("alice")

    await first.sends_acked("chat_message", {"message": "Hail!"})

    assert await first.expect_frame("chat_message") == await second.expect_frame("chat_message")
    await second.fence()
    assert second.heard("ack") == []


async def test_the_grace(rooms: Rooms) -> None:
    # At the same time, for each takes as long as the grace.
    await asyncio.gather(
        a_cut_is_told_after_the_grace(rooms),
        a_reload_that_does_not_come_back_is_told_after_the_grace(rooms),
        who_is_back_within_the_grace_is_announced_neither_way(rooms),
        a_goodbye_within_the_grace_is_told_once(rooms),
        who_comes_meanwhile_is_told_who_is_reconnecting(rooms),
    )


async def a_cut_is_told_after_the_grace(rooms: Rooms) -> None:
    async with seated(rooms) as (table, dm, alice):
        await alice.cut()

        await told_after_the_grace(table, dm)


async def a_reload_that_does_not_come_back_is_told_after_the_grace(rooms: Rooms) -> None:
    async with seated(rooms) as (table, dm, alice):
        await alice.close(1001)

        await told_after_the_grace(table, dm)


async def who_is_back_within_the_grace_is_announced_neither_way(rooms: Rooms) -> None:
    async with seated(rooms) as (table, dm, alice):
        await alice.cut()
        await told_of_the_line(table, dm, "alice", "reconnecting")
        alice = await table.sit("alice")
        await told_of_the_line(table, dm, "alice", "here")
        await alice.close(1001)
        await told_of_the_line(table, dm, "alice", "reconnecting")
        alice = await table.sit("alice")
        await told_of_the_line(table, dm, "alice", "here")

        await asyncio.sleep(GRACE + AT_ONCE)  # nothing happens: no event to wait for

        await dm.fence()
        assert dm.heard("player_left") == []
        assert len(dm.heard("player_joined")) == 1
        assert await roll_call(table) == {"dm", "alice"}


async def who_comes_meanwhile_is_told_who_is_reconnecting(rooms: Rooms) -> None:
    async with seated(rooms) as (table, dm, alice):
        await alice.cut()
        await told_of_the_line(table, dm, "alice", "reconnecting")

        bob = await table.connect(table.tokens["bob"])

        reconnecting = [table.user_id("alice")]
        assert (await bob.expect("room_joined"))["reconnecting"] == reconnecting
        assert (await bob.expect("player_list"))["reconnecting"] == reconnecting


async def a_goodbye_within_the_grace_is_told_once(rooms: Rooms) -> None:
    async with seated(rooms) as (table, dm, alice):
        await alice.cut()
        alice = await table.sit("alice")
        await alice.close()

        await asyncio.sleep(GRACE + AT_ONCE)  # until nothing more can come

        assert len(dm.heard("player_left")) == 1
        assert await roll_call(table) == {"dm"}


@asynccontextmanager
async def seated(rooms: Rooms) -> AsyncIterator[tuple[Table, Client, Client]]:
    """A table of its own with DM and alice, of whom the DM has heard."""
    async with rooms.take() as table:
        dm, alice = await table.sit("dm"), await table.sit("alice")
        await told(table, dm, "player_joined", "alice")
        yield table, dm, alice


async def told_of_the_line(table: Table, witness: Client, name: str, state: str) -> None:
    """The witness hears that this user's line was cut, or is back."""
    async with asyncio.timeout(AT_ONCE):
        heard = await witness.expect_frame("player_state")
    assert heard == {"event": "player_state", "data": {"user_id": table.user_id(name), "state": state}}


async def told_after_the_grace(table: Table, witness: Client) -> None:
    """alice counts as present until the grace is over."""
    loop = asyncio.get_running_loop()
    gone = loop.time()
    await told_of_the_line(table, witness, "alice", "reconnecting")
    assert await roll_call(table) == {"dm", "alice"}

    await told(table, witness, "player_left", "alice", GRACE + AT_ONCE)

    assert loop.time() - gone > GRACE - 1
    assert await roll_call(table) == {"dm"}


# The room -----------------------------------------------------------------------------------


async def roll_call(table: Table) -> set[str]:
    """The names of those whom the room's information lists."""
    info = await asyncio.to_thread(table.info)
    ids = [player["user_id"] for player in info["players"]]
    assert info["player_count"] == len(ids) == len(set(ids))
    return {name for name in table.tokens if table.user_id(name) in ids}


async def test_the_room_opens_with_the_first_and_closes_with_the_last(table: Table) -> None:
    empty = table.info()
    dm = await table.sit("dm")
    opened = table.info()
    alice = await table.sit("alice")
    both = table.info("alice")
    await dm.close()
    await told(table, alice, "player_left", "dm")
    await alice.sends_acked("chat_message", {"message": "The room goes on without the DM."})
    one = table.info("alice")
    await alice.close()
    await soon(lambda: table.info()["player_count"] == 0, "the room is empty")
    closed = table.info()

    assert empty == closed
    assert empty.items() >= {"session_id": table.session, "players": [], "player_count": 0, "created_at": None}.items()
    assert is_timestamp(opened["created_at"])
    assert opened["created_at"] == both["created_at"] == one["created_at"]
    assert [opened["player_count"], both["player_count"], one["player_count"]] == [1, 2, 1]
    assert all(map(is_player, both["players"]))
    assert dm.heard("room_joined")[0]["data"]["created_at"] == opened["created_at"]
    assert dm.heard("room_joined")[0]["data"]["campaign_id"] == opened["campaign_id"] == empty["campaign_id"]


async def test_a_room_that_was_empty_opens_anew_and_remembers_its_log(table: Table) -> None:
    alice = await table.sit("alice")
    await alice.sends_acked("chat_message", {"message": "Until next week."})
    await alice.close()
    await soon(lambda: table.info()["created_at"] is None, "the room is gone")

    back = await table.connect(table.tokens["alice"])
    joined = await back.expect("room_joined")

    assert joined["created_at"] > alice.heard("room_joined")[0]["data"]["created_at"]
    assert joined["seq"] == 1
