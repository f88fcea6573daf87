"""Hours of coming, talking and going, in short: afterwards the server holds what it held before."""

import asyncio
import time
from contextlib import suppress
from random import Random

import psycopg
import pytest
import redis

from tests.faults.conftest import LEASE, Cluster
from tests.faults.test_network import memory
from tests.isolation import SLOW
from tests.ops.scraped import Scraped
from tests.support.client import new_id
from tests.support.table import Table
from tests.support.waiting import soon

SECONDS = 600.0 if SLOW else 30.0
WARM = 5.0  # seconds after which what is held for good is there
ROOMS = 6
PAUSE = 0.05  # seconds between two visits of one; other tests want some of the processor too
GRACE = 10.0
GROWTH = 16 * 1024 * 1024  # bytes
KEPT = "game_logentry"  # the one table that may grow

pytestmark = pytest.mark.timeout(SECONDS + 120)


def rows(cluster: Cluster) -> dict[str, int]:
    """How many there are in each table that must not grow."""
    with psycopg.connect(cluster.settings["DATABASE_URL"]) as database:
        tables = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        counted = {}
        for (table,) in tables:
            row = database.execute(f"SELECT count(*) FROM {table}".encode()).fetchone()  # noqa: S608  (the database's own)
            assert row is not None
            counted[str(table)] = int(row[0])
    del counted[KEPT]
    return counted


def held(cluster: Cluster) -> dict[str, object]:
    """What the servers, the database and Redis hold besides memory and the log."""
    numbers = Scraped(cluster.servers[0])
    gauges = ("rollscape_tasks", "rollscape_groups", "rollscape_rooms", "rollscape_connections")
    with redis.Redis(port=cluster.redis.port) as layer:
        groups = [name for name in layer.pubsub_channels() if b"session" in name]
        here = {"keys": sorted(layer.keys()), "groups in Redis": groups, **rows(cluster)}
    return here | {name: [numbers.sum(name, process=process) for process in numbers.processes] for name in gauges}


def only_the_living(cluster: Cluster) -> bool:
    """Whether nobody is there, and each lease is that of a process that answers."""
    now, up = rows(cluster), Scraped(cluster.servers[0]).processes.values()
    return now["game_connection"] == 0 and now["game_serverlease"] == sum(up)


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
        await asyncio.sleep(PAUSE)


async def test_what_comes_goes_without_a_trace(cluster: Cluster) -> None:
    chance = Random(4)
    rooms = [cluster.take() for _ in range(ROOMS)]
    await soon(lambda: only_the_living(cluster), "whom and what other tests left is gone", LEASE + GRACE + 15)
    before = held(cluster)
    await asyncio.gather(*(live(ways, time.monotonic() + WARM, chance) for ways in rooms))
    warm = [memory(server) for server in cluster.servers]

    await asyncio.gather(*(live(ways, time.monotonic() + SECONDS, chance) for ways in rooms for _ in range(2)))

    with suppress(AssertionError):  # the next one says what is still held
        await soon(lambda: held(cluster) == before, "everything is let go", GRACE + 15)
    assert held(cluster) == before
    after = [memory(server) for server in cluster.servers]
    assert all(now - then <= GROWTH for now, then in zip(after, warm, strict=True)), (warm, after)
