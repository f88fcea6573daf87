"""How often users may send and connect, and what happens if they do it more often."""

import asyncio
from collections import Counter
from contextlib import suppress

from websockets.exceptions import ConnectionClosed

from tests.conftest import StartServer
from tests.support.client import Client
from tests.support.table import Rooms, Table

BURST = 30
IN_A_ROW = 100
CONNECTIONS = 20


async def burst(client: Client, number: int) -> list[str]:
    """Send so many pings at once; what answers each: `pong` or the code of an error."""
    for _ in range(number):
        await client.send("ping", {"timestamp": 0})
    answers = [await client.expect_any("pong", "error") for _ in range(number)]
    return [frame["data"].get("code", "pong") for frame in answers]


async def flood(client: Client) -> None:
    """Far more than anybody may say."""
    for _ in range(20_000):
        await client.send("ping", {"timestamp": 0})


async def test_a_burst_of_30_is_heard_and_the_rest_is_told_when_to_come_back(table: Table) -> None:
    alice = await table.sit("alice")

    answers = Counter(await burst(alice, 80))

    assert set(answers) == {"pong", "rate_limited"}
    assert BURST <= answers["pong"] <= BURST + 20  # ten more for each second that it took
    error = alice.heard("error")[-1]["data"]
    assert 0 < error["retry_after"] <= 1
    await asyncio.sleep(error["retry_after"] + 0.05)
    await alice.fence()


async def test_a_refusal_for_the_rate_names_its_command_and_keeps_nothing(table: Table) -> None:
    alice = await table.sit("alice")
    await burst(alice, BURST + 5)

    error = await alice.refused("chat_message", {"message": "Hail!"}, id="a")
    assert error["code"] == "rate_limited"
    await asyncio.sleep(error["retry_after"] + 0.05)

    assert await alice.sends_acked("chat_message", {"message": "Hail!"}, id="a") == {
        "id": "a",
        "seq": 1,
        "duplicate": False,
    }


async def test_any_kind_of_frame_counts(table: Table) -> None:
    alice = await table.sit("alice")

    for _ in range(80):
        await alice.send_text("nonsense")

    codes = Counter([(await alice.expect("error"))["code"] for _ in range(80)])
    assert set(codes) == {"malformed", "rate_limited"}
    assert BURST <= codes["malformed"] <= BURST + 20


async def test_the_limit_is_one_for_all_tabs_and_not_for_neighbours(table: Table) -> None:
    first, second, bob = await table.sit("alice"), await table.sit("alice"), await table.sit("bob")

    answers = Counter(await burst(first, 40) + await burst(second, 40))

    assert answers["pong"] <= BURST + 20
    assert set(await burst(bob, 20)) == {"pong"}


async def test_who_keeps_flooding_is_closed(table: Table) -> None:
    alice = await table.sit("alice")

    with suppress(ConnectionClosed):  # it may be closed before everything is sent
        await flood(alice)

    assert await alice.close_code() == 4129
    assert len(alice.heard("error")) >= IN_A_ROW


async def test_who_connects_too_often_is_closed(table: Table) -> None:
    async def attempt() -> int | None:
        client = await table.connect(table.tokens["alice"])
        first = asyncio.create_task(client.expect("room_joined"))
        closed = asyncio.create_task(client.close_code())
        await asyncio.wait({first, closed}, return_when=asyncio.FIRST_COMPLETED)
        joined = bool(client.heard("room_joined"))
        for task in (first, closed):
            task.cancel()
        await asyncio.gather(first, closed, return_exceptions=True)
        return None if joined else client.connection.close_code

    codes = Counter(await asyncio.gather(*(attempt() for _ in range(40))))

    assert set(codes) == {None, 4129}
    assert CONNECTIONS <= codes[None] <= CONNECTIONS + 15  # five more for each second that it took
    bob = await table.sit("bob")
    await bob.fence()


async def test_dear_rolls_in_several_sessions_are_slowed_down(rooms: Rooms) -> None:
    async with rooms.demo_table() as one, rooms.demo_table() as other, rooms.take() as quiet:
        seats = [await one.sit("bob"), await other.sit("bob")]
        calm = await quiet.sit("dm")

        answers = [await seat.answer("dice_roll", {"formula": "1000d1000000"}) for seat in seats * 8]
        refused = [answer["data"] for answer in answers if answer["event"] == "error"]

        assert refused
        assert {answer["code"] for answer in refused} == {"rate_limited"}
        assert all(0 < answer["retry_after"] <= 1.5 for answer in refused)
        assert len(refused) < len(answers)
        await calm.sends_acked("chat_message", {"message": "My own credits are untouched."})


async def test_a_user_may_have_so_many_connections(start_server: StartServer) -> None:
    rooms = Rooms(start_server("uvicorn-sqlite", ROLLSCAPE_SOCKETS="2"), 3)
    async with rooms.demo_table() as one, rooms.demo_table() as other:
        first, _ = await one.sit("alice"), await other.sit("alice")

        refused = await other.connect(other.tokens["alice"])
        assert await refused.close_code() == 4129
        await first.close()
        await other.sit("alice")
