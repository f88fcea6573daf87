"""`/metrics`: what it counts, for whom, and over how many processes."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from tests.conftest import StartServer
from tests.ops.scraped import TOKEN, Scraped
from tests.support.server import ServerProcess
from tests.support.services import RedisServer
from tests.support.table import Rooms, Table
from tests.support.waiting import soon, until


@pytest.fixture(scope="module")
def rooms(start_server: StartServer) -> Rooms:
    """Unused rooms on a server that shows its metrics."""
    return Rooms(start_server("uvicorn-sqlite", ROLLSCAPE_METRICS=TOKEN), 6)


async def scraped(server: ServerProcess) -> Scraped:
    return await asyncio.to_thread(Scraped, server)


async def test_who_is_there_and_what_they_hear_is_counted(table: Table) -> None:
    before = await scraped(table.server)
    dm, alice, bob = await table.sit_all()

    await alice.sends_acked("chat_message", {"message": "Hail!"})
    for client in (dm, bob):
        await client.expect("chat_message")

    now = await scraped(table.server)
    assert now.sum("rollscape_connections") - before.sum("rollscape_connections") == 3
    assert now.sum("rollscape_seated") - before.sum("rollscape_seated") == 3
    assert now.sum("rollscape_rooms") - before.sum("rollscape_rooms") == 1
    for name, number in {
        "rollscape_frames_delivered_total": 3,
        "rollscape_frames_received_total": 1,
        "rollscape_joins_total": 3,
        "rollscape_delivery_seconds_count": 1,
    }.items():
        assert now.sum(name) - before.sum(name) == number, name
    assert now.sum("rollscape_commit_seconds_count") > before.sum("rollscape_commit_seconds_count")
    assert now.sum("rollscape_batch_steps_sum") - before.sum("rollscape_batch_steps_sum") >= 4
    assert 0 < now.sum("rollscape_delivery_seconds_sum") < 60
    assert now.sum("rollscape_info", database="sqlite", layer="local") == 1


async def test_who_comes_back_resumes(table: Table) -> None:
    alice = await table.sit("alice")
    joined = alice.heard("room_joined")[0]["data"]
    await alice.close()
    before = await scraped(table.server)

    await table.sit("alice", since=joined["seq"], epoch=joined["epoch"])

    now = await scraped(table.server)
    assert now.sum("rollscape_joins_total", kind="resumed") - before.sum("rollscape_joins_total", kind="resumed") == 1
    assert now.sum("rollscape_joins_total", kind="snapshot") == before.sum("rollscape_joins_total", kind="snapshot")


async def test_refusals_and_closes_are_counted_by_code(table: Table) -> None:
    before = await scraped(table.server)
    alice = await table.sit("alice")
    await alice.refused("dm_narration", {"narration": "It rains."})
    await alice.refused("no_such_event")
    await alice.close(3999)  # any of thousands of codes that a client may make up
    assert await (await table.connect("nobody")).close_code() == 4001

    def gone() -> bool:
        return Scraped(table.server).sum("rollscape_connections") == before.sum("rollscape_connections")

    await soon(gone, "both are gone")
    now = await scraped(table.server)
    for name, labels in (
        ("rollscape_refusals_total", {"code": "forbidden"}),
        ("rollscape_refusals_total", {"code": "unknown_event"}),
        ("rollscape_closes_total", {"by": "client", "code": "other"}),
        ("rollscape_closes_total", {"by": "server", "code": "4001"}),
    ):
        assert now.sum(name, **labels) - before.sum(name, **labels) == 1, labels
    assert 'code="3999"' not in now.text


async def test_a_slow_reader_is_seen_while_it_is_slow_and_when_it_is_closed(start_server: StartServer) -> None:
    server = start_server("uvicorn-sqlite", ROLLSCAPE_METRICS=TOKEN, ROLLSCAPE_RATE="0")
    async with Rooms(server, 1).take() as table:
        dm = await table.sit("dm")
        slow = await table.sit("alice", receive_buffer=4096)
        slow.pause()

        while not Scraped(server).sum("rollscape_outgoing_max_bytes") > 100_000:
            for _ in range(50):
                await dm.sends_acked("chat_message", {"message": "x" * 1900})
        while not Scraped(server).sum("rollscape_closes_total", by="server", code="4108"):
            for _ in range(50):
                await dm.sends_acked("chat_message", {"message": "x" * 1900})

        now = await scraped(server)
        assert now.sum("rollscape_closes_total", by="server", code="4108") == 1
        await slow.cut()


def test_they_are_for_who_has_the_token(rooms: Rooms) -> None:
    server = rooms.server

    assert server.get("/metrics").status == 401
    assert server.get("/metrics", token=TOKEN[:-1]).status == 401
    assert server.get("/metrics", token="é" + TOKEN).status == 401
    assert server.get(f"/metrics?token={TOKEN}").status == 401
    assert server.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status == 401
    assert server.get("/metrics", token=TOKEN).headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert server.get("/metrics", token=TOKEN).headers["Cache-Control"].startswith("max-age=0")


def test_without_a_token_in_the_settings_there_are_none(start_server: StartServer) -> None:
    server = start_server("uvicorn-sqlite")

    assert server.get("/metrics").status == 404
    assert server.get("/metrics", token="").status == 404
    assert not (server.data / "metrics").exists()


async def test_one_answer_holds_every_process(start_server: StartServer) -> None:
    """However many share the data folder, as the workers of one port do; one that is gone is left out."""
    first = start_server("uvicorn-postgres-redis", ROLLSCAPE_METRICS=TOKEN)
    second = start_server("uvicorn-postgres-redis", beside=first, ROLLSCAPE_DATA=str(first.data))
    async with Rooms(first, 1).take() as here, Table(second, here.session, here.tokens) as there:
        await here.sit("dm")
        await there.sit("alice")

        for asked in (first, second):
            now = await scraped(asked)
            assert now.processes == {"0": 1, "1": 1}
            assert now.sum("rollscape_seated", process="0") == now.sum("rollscape_seated", process="1") == 1
            assert now.text.count("# TYPE rollscape_seated gauge") == 1
            assert now.sum("process_resident_memory_bytes", process="1") > 0

    os.kill(second.pid, signal.SIGSTOP)
    assert (await scraped(first)).processes == {"0": 1, "1": 0}
    os.kill(second.pid, signal.SIGCONT)
    second.kill()
    until(lambda: Scraped(first).processes == {"0": 1}, "the killed one is forgotten")
    second.start()
    assert Scraped(first).processes == {"0": 1, "1": 1}


async def test_what_another_process_lost_is_found_by_the_poll(start_server: StartServer) -> None:
    """Two on one database that do not hear each other, since one has no Redis."""
    first = start_server("uvicorn-postgres-redis", ROLLSCAPE_METRICS=TOKEN)
    deaf = start_server("uvicorn-postgres-redis", beside=first, REDIS_URL="")
    async with Rooms(first, 1).take() as here, Table(deaf, here.session, here.tokens) as there:
        dm, alice = await here.sit("dm"), await there.sit("alice")

        await dm.sends_acked("chat_message", {"message": "Can you hear me?"})
        await alice.expect("chat_message")

    assert (await scraped(deaf)).sum("rollscape_repaired_frames_total", found_by="sweep") == 1
    assert (await scraped(first)).sum("rollscape_repaired_frames_total") == 0


async def test_redis_that_does_not_answer_is_counted(tmp_path: Path) -> None:
    redis = RedisServer()
    # Not one of `start_server`, whose logs must be clean: channels_redis shows a traceback when Redis goes.
    server = ServerProcess("uvicorn", tmp_path, REDIS_URL=redis.url, ROLLSCAPE_METRICS=TOKEN)
    try:
        async with Rooms(server, 1).take() as table:
            dm = await table.sit("dm")
            assert Scraped(server).sum("rollscape_layer_errors_total") == 0
            redis.stop()

            await dm.sends_acked("chat_message", {"message": "Is this thing on?"})

            await soon(lambda: Scraped(server).sum("rollscape_layer_errors_total") > 0, "the silence is counted")
            assert Scraped(server).sum("rollscape_info", layer="redis") == 1
    finally:
        server.stop()
        redis.stop()


def starts(scraped: Scraped) -> set[float]:
    """When each process began."""
    return {scraped.sum("process_start_time_seconds", process=number) for number in scraped.processes}


async def test_the_workers_of_one_port_are_shown_together(start_server: StartServer) -> None:
    """Whichever of them is asked; after a renewal the new ones alone."""
    server = start_server("uvicorn-postgres-redis", WORKERS="3", ROLLSCAPE_METRICS=TOKEN)
    await soon(lambda: Scraped(server).processes == dict.fromkeys("012", 1.0), "all have started")
    async with Rooms(server, 1).take() as table:
        for _ in range(6):
            await table.sit("alice")

        now = await scraped(server)
        assert now.sum("rollscape_seated") == 6
        assert now.sum("rollscape_joins_total") == 6
    before = starts(now)

    server.hang_up()

    def renewed() -> bool:
        after = starts(Scraped(server))
        return len(after) == 3 and not before & after

    await soon(renewed, "all are new", 90)
