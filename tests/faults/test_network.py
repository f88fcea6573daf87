"""A network that delays, trickles, breaks in the middle of a frame or swallows all; and a reader who never reads."""

import asyncio
import time
from pathlib import Path
from statistics import quantiles

from tests.faults.conftest import Cluster
from tests.faults.test_processes import clear, said
from tests.support.client import Client
from tests.support.line import Line
from tests.support.server import ServerProcess
from tests.support.talker import conversation

LONG = "x" * 1900
LINES = 150  # for each measurement
MEMORY = 40 * 1024 * 1024  # bytes; the long lines of one measurement are more


async def test_whatever_the_network_does_nothing_is_lost(cluster: Cluster) -> None:
    port = cluster.servers[0].port
    async with (
        Line(port, delay=0.05) as slow,
        Line(port, delay=0.001, size=40) as trickling,
        Line(port, break_after=3000) as breaking,
        conversation(*(line.to(cluster.take(cluster.servers[0])[0]) for line in [slow])) as one,
        conversation(*(line.to(cluster.take(cluster.servers[0])[0]) for line in [trickling])) as two,
        conversation(*(line.to(cluster.take(cluster.servers[0])[0]) for line in [breaking])) as three,
    ):
        await said([*one, *two, *three])
        assert any(talker.closes for talker in three), "the breaking line broke nothing"


async def test_a_network_that_swallows_everything_costs_nothing_but_time(cluster: Cluster) -> None:
    (table,) = cluster.take(cluster.servers[0])
    async with Line(cluster.servers[0].port) as line, conversation(line.to(table)) as talkers:
        await said(talkers)

        line.silent = True
        await asyncio.sleep(1.0)  # what is said meanwhile is swallowed, acks too
        await line.cut()
        line.silent = False
        await line.open()
        await said(talkers)


def memory(server: ServerProcess) -> int:
    """Bytes that the server holds."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return 1024 * int(status.partition("VmRSS:")[2].split()[0])


async def p99(speaker: Client, listener: Client) -> float:
    """Seconds from saying a long line until it is heard, of all but one in a hundred."""
    took = []
    for number in range(LINES):
        said_at = time.monotonic()
        await speaker.send("chat_message", {"message": f"{number} {LONG}"})
        await listener.expect_frame("chat_message", message=f"{number} {LONG}")
        took.append(time.monotonic() - said_at)
        listener.frames.clear()
        listener.unread.clear()
    return quantiles(took, n=100)[-2]


async def test_who_never_reads_is_closed_and_nobody_else_notices(cluster: Cluster) -> None:
    server = cluster.servers[0]
    (table,) = cluster.take(server)
    async with clear(table):
        dm, bob = await table.sit("dm"), await table.sit("bob")
        before = await p99(dm, bob)
        alice = await table.sit("alice", receive_buffer=4096)
        held = memory(server)

        alice.pause()
        after = []
        async with asyncio.timeout(60):
            while table.info()["player_count"] == 3:  # cut, and its grace over
                after.append(await p99(dm, bob))

        assert min(after) <= 3 * before + 0.005
        assert memory(server) <= held + MEMORY
        alice.resume()
        assert await alice.close_code() in {4108, 1006}
        back = await table.sit("alice")
        await back.fence()
