"""A network that delays, trickles, breaks in the middle of a frame or swallows all; and a reader who never reads."""

import asyncio
import time
from pathlib import Path
from statistics import median, quantiles

from tests.faults.conftest import Cluster
from tests.faults.test_processes import clear
from tests.isolation import SLOW
from tests.ops.scraped import Scraped
from tests.support.client import Client
from tests.support.line import Line
from tests.support.server import ServerProcess
from tests.support.table import Table
from tests.support.talker import conversation, said
from tests.support.waiting import soon

GRACE = 10.0  # seconds that a cut connection still counts
LONG = "🐉" * 1900  # 7,600 bytes
PACE = 0.15  # seconds between two lines: what comes through the narrowest of them
LINES_LOST = 20
LINES = 150  # for each measurement
QUIET = 4  # measurements before and after
ROUNDS = 5  # until the machine was quiet enough to compare
CLOSED = 15.0  # seconds within which who never reads is cut, amid all those lines
WAITING = (1024 + 64) * 1024  # bytes that may wait for one reader: the bound, and the lines of one write
MEMORY = 16 * 1024 * 1024  # bytes


async def test_whatever_the_network_does_nothing_is_lost(cluster: Cluster) -> None:
    server = cluster.servers[0]
    rooms = [cluster.take(server)[0] for _ in range(3)]
    async with (
        Line(server.port, delay=0.05) as slow,
        Line(server.port, delay=0.001, size=100) as trickling,
        Line(server.port, break_after=20_000) as breaking,
        conversation(slow.to(rooms[0]), pace=PACE) as one,
        conversation(trickling.to(rooms[1]), pace=PACE) as two,
        conversation(breaking.to(rooms[2]), pace=PACE) as three,
    ):
        async with asyncio.timeout(60):
            while not all(talker.closes for talker in three):
                await said([*one, *two, *three], 1)


async def test_a_network_that_swallows_everything_costs_nothing_but_time(cluster: Cluster) -> None:
    (table,) = cluster.take(cluster.servers[0])
    async with Line(cluster.servers[0].port) as line, conversation(line.to(table)) as talkers:
        await said(talkers)

        line.silent = True
        await soon(lambda: line.swallowed >= LINES_LOST, "much of what is said is swallowed")
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
        quiet = [await p99(dm, bob) for _ in range(QUIET)]
        held = memory(server)
        stuck: list[float] = []
        for _ in range(ROUNDS):
            stuck += await while_somebody_never_reads(table, dm, bob)
            quiet += [await p99(dm, bob) for _ in range(QUIET)]
            unchanged = median(stuck) <= 1.25 * median(quiet) + 0.0005
            if unchanged or not SLOW:
                break

        if SLOW:  # a figure of the machine's as well as the server's: it holds where nothing else runs
            assert unchanged, (stuck, quiet)
        assert memory(server) <= held + MEMORY
        back = await table.sit("alice")
        await back.fence()


async def while_somebody_never_reads(table: Table, speaker: Client, listener: Client) -> list[float]:
    """How long the others' lines take meanwhile, measurement by measurement, until the server has had enough."""
    alice = await table.sit("alice", receive_buffer=4096)
    closed = {"by": "server", "code": "4108"}
    before = Scraped(table.server).sum("rollscape_closes_total", **closed)
    alice.pause()
    took = []
    async with asyncio.timeout(CLOSED):
        while (now := await asyncio.to_thread(Scraped, table.server)).sum("rollscape_closes_total", **closed) == before:
            assert now.sum("rollscape_outgoing_max_bytes") <= WAITING
            took.append(await p99(speaker, listener))
    alice.resume()
    assert await alice.close_code() in {4108, 1006}
    return took


async def test_who_answers_no_ping_is_gone_after_the_grace(cluster: Cluster) -> None:
    server = await asyncio.to_thread(cluster.start, FAULT="impatient")
    (table,) = cluster.take(server)
    async with Line(server.port) as line, clear(table):
        dm, alice = await table.sit("dm"), await line.to(table).sit("alice")
        await dm.expect("player_joined")
        line.silent = True

        async with asyncio.timeout(GRACE + 5.0):
            await dm.heard_of("player_left")

        assert table.info()["player_count"] == 1
        assert not dm.closed, "who answers stays"
        line.silent = False
    assert await alice.close_code() == 1006
