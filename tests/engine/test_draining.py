"""A server that stops sends its people away, a few at a time."""

import asyncio

import pytest

from game.engine import joining, process
from game.engine.sockets.shared_bucket import SharedBuckets
from game.engine.sockets.throttle import Bucket
from game.protocol.close_codes import Close
from tests.engine.table import ROLES, Table
from tests.support.waiting import free_port


async def test_people_are_sent_away_in_batches_and_told_when_to_come_back(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "BATCH", 2)
    guests = [await table.sit(name) for name in ROLES]
    joining.leave(table.engine, guests[0].socket)

    draining = asyncio.create_task(table.engine.drain())
    await asyncio.sleep(0)
    first = sum(bool(guest.heard("reconnect")) for guest in guests)
    await draining

    assert first == 2
    assert table.engine.draining
    for guest in guests:
        (hint,) = guest.heard("reconnect")
        assert 0 <= hint["after_ms"] < process.MIN_SPREAD + process.SHARE * len(guests)
        assert await guest.is_closed() is Close.RESTARTING


async def test_while_redis_is_away_each_process_counts_for_itself() -> None:
    allowance = SharedBuckets(f"redis://127.0.0.1:{free_port()}", "commands")
    bucket = Bucket.full(10, 3, asyncio.get_running_loop().time())
    bucket.share(bucket.at)

    waits = [await allowance.take((1, 2), bucket) for _ in range(4)]

    assert waits[:3] == [0.0] * 3
    assert waits[3] > 0
    await allowance.close()
