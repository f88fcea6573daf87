"""Hours of coming, talking and going, in short: afterwards the server holds what it held before."""

import asyncio
import os
import time
from random import Random

import psycopg
import redis

from tests.faults.conftest import Cluster
from tests.faults.test_network import memory
from tests.support.client import new_id
from tests.support.table import Table
from tests.support.waiting import soon

SECONDS = float(os.environ.get("SOAK", "12"))  # ten minutes before a release
ROOMS = 6
GRACE = 10.0
GROWTH = 24 * 1024 * 1024  # bytes


def held(cluster: Cluster) -> tuple[int, int, list[bytes]]:
    """Rows of presence, groups that Redis knows, and Redis' keys."""
    with psycopg.connect(cluster.settings["DATABASE_URL"]) as database, redis.Redis(port=cluster.redis.port) as layer:
        row = database.execute("SELECT (SELECT count(*) FROM game_connection)").fetchone()
        assert row is not None
        groups = [name for name in layer.pubsub_channels() if b"session" in name]
        return row[0], len(groups), layer.keys()


async def live(ways: list[Table], until: float, chance: Random) -> None:
    """Come by some server, talk, and go in one way or another."""
    while time.monotonic() < until:
        table = chance.choice(ways)
        client = await table.connect(table.tokens[chance.choice(list(table.tokens))])
        table.seated.remove(client)
        await client.expect("room_joined")
        for _ in range(chance.randrange(6)):
            await client.sends_acked("chat_message", {"message": "Hail!"}, new_id())
        if chance.random() < 0.3:
            await client.send("leave_room")
        await (client.close() if chance.random() < 0.5 else client.cut())
        await asyncio.sleep(0.05)


async def test_what_comes_goes_without_a_trace(cluster: Cluster) -> None:
    chance = Random(4)
    rooms = [cluster.take() for _ in range(ROOMS)]
    await asyncio.gather(*(live(ways, time.monotonic() + 2.0, chance) for ways in rooms))
    before = [memory(server) for server in cluster.servers]

    await asyncio.gather(*(live(ways, time.monotonic() + SECONDS, chance) for ways in rooms for _ in range(2)))

    await soon(lambda: held(cluster) == (0, 0, []), "everything is let go", GRACE + 15)
    after = [memory(server) for server in cluster.servers]
    assert all(now - then <= GROWTH for now, then in zip(after, before, strict=True)), (before, after)
