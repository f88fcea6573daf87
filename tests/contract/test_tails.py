"""Long tails and slow readers, on a server without a rate limit: with one, filling a log would take minutes."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.conftest import StartServer
from tests.support.client import Client
from tests.support.table import Rooms, Table

TAIL = 500  # events; a longer tail is replaced by a snapshot
LONGEST = "🐉" * 8000  # a narration of 32 KB
SMALL = 4096  # bytes that the kernel keeps for a slow reader


@pytest.fixture(scope="module", params=["uvicorn-sqlite", "daphne-sqlite", "stock-sqlite"])
def tail_rooms(request: pytest.FixtureRequest, start_server: StartServer) -> Rooms:
    """Rooms for each way of writing to a socket."""
    return Rooms(start_server(request.param, ROLLSCAPE_RATE="0"), 3)


@pytest.fixture
async def table(tail_rooms: Rooms) -> AsyncIterator[Table]:
    async with tail_rooms.take() as table:
        yield table


async def narrate(dm: Client, number: int, narration: str) -> None:
    """So many narrations, each heard back before the next."""
    for _ in range(number):
        await dm.send("dm_narration", {"narration": narration})
        await dm.expect("dm_narration")


async def test_a_tail_of_500_is_caught_up_with_and_a_longer_one_is_not(table: Table) -> None:
    dm = await table.sit("dm")
    await narrate(dm, TAIL + 1, "On and on.")

    alice = await table.sit("alice", since=1)
    longer = await (await table.connect(table.tokens["bob"], since=0)).expect("room_joined")

    assert [(await alice.expect_frame("dm_narration"))["seq"] for _ in range(TAIL)] == list(range(2, TAIL + 2))
    assert alice.heard("dm_narration") == dm.heard("dm_narration")[1:]
    assert alice.heard("room_joined")[0]["data"]["resumed"] is True
    assert alice.heard("room_joined")[0]["data"]["missed"] == TAIL
    assert longer["resumed"] is False
    assert longer["seq"] == TAIL + 1
    assert longer["snapshot"]["events"] == dm.heard("dm_narration")[-50:]


async def test_catching_up_waits_for_a_slow_reader(table: Table) -> None:
    dm = await table.sit("dm")
    await narrate(dm, TAIL, LONGEST)

    alice = await table.connect(table.tokens["alice"], since=0, receive_buffer=SMALL)
    await alice.expect("room_joined")
    alice.pause()
    await narrate(dm, 20, "Meanwhile.")
    await asyncio.sleep(3)  # longer than a server waits for one that is too slow
    alice.resume()

    heard = [(await alice.expect_frame("dm_narration"))["seq"] for _ in range(TAIL + 20)]
    assert heard == list(range(1, TAIL + 21))


async def test_who_reads_too_slowly_is_closed_and_delays_nobody(table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")
    bob = await table.connect(table.tokens["bob"], receive_buffer=SMALL)
    await bob.expect("player_list")
    bob.pause()

    await narrate(dm, TAIL, LONGEST)
    bob.resume()

    assert await bob.close_code() in {4108, 1006}  # who reads nothing at all cannot read the close frame either
    for _ in range(TAIL):
        await alice.expect("dm_narration")
    assert bob.seq is not None
    assert bob.seq < TAIL
    back = await table.connect(table.tokens["bob"], since=bob.seq)
    joined = await back.expect("room_joined")
    assert joined["resumed"] is True
    assert joined["missed"] == TAIL - bob.seq
