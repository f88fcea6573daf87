"""Redis may go and come back empty: the servers say so, and play goes on."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from tests.faults.conftest import LEASE, Cluster
from tests.faults.test_processes import POLL, clear
from tests.support.client import Client
from tests.support.talker import conversation, said
from tests.support.waiting import soon

AWAY = LEASE  # seconds
AT_ONCE = 0.5  # seconds; less than the sweep's pause
Seats = tuple[Client, Client, Client]


@pytest.fixture
async def seats(cluster: Cluster) -> AsyncIterator[Seats]:
    """DM and bob on one process, alice on another."""
    here, there = cluster.take(*cluster.servers[:2])
    async with clear(here, there):
        yield await here.sit("dm"), await there.sit("alice"), await here.sit("bob")


async def lag(speaker: Client, listener: Client, line: str) -> float:
    """Seconds from the ack of a line until somebody else hears it."""
    await speaker.sends_acked("chat_message", {"message": line})
    acked = time.monotonic()
    await listener.expect("chat_message", message=line)
    return time.monotonic() - acked


async def test_without_redis_chat_goes_on_here_at_once_and_elsewhere_by_the_poll(
    cluster: Cluster, seats: Seats
) -> None:
    dm, alice, bob = seats
    servers = cluster.servers
    async with conversation(*cluster.take()) as talkers:
        await said(talkers)

        cluster.redis.stop()
        back = time.monotonic() + AWAY
        try:
            await soon(lambda: {s.get("/readyz").status for s in servers} == {503}, "readiness is refused")
            assert servers[0].get("/readyz").json["failed"] == ["channel_layer"]
            assert servers[0].get("/healthz").status == 200
            assert await lag(dm, bob, "here") < AT_ONCE
            assert await lag(dm, alice, "there") < POLL
            while time.monotonic() < back:
                await said(talkers, 5)
        finally:
            await asyncio.to_thread(cluster.redis.start)  # with nothing in it
        await soon(lambda: {s.get("/readyz").status for s in servers} == {200}, "they are ready again")

        async with asyncio.timeout(15):  # what Redis passes on is there before the next sweep
            number = 0
            while max([await lag(dm, alice, f"again {(number := number + 1)}") for _ in range(5)]) > AT_ONCE / 2:
                pass
        await said(talkers)
