"""The channel layers: listeners hear every message, in order, and nobody hears one twice."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from channels.exceptions import ChannelFull

from game.engine.channel_layers.local import LocalLayer
from game.engine.channel_layers.redis import RedisLayer
from tests.engine.table import until
from tests.support.services import RedisServer

Heard = list[dict[str, Any]]


async def test_a_group_reaches_those_who_listen_until_they_leave_it() -> None:
    layer = LocalLayer()
    first: Heard = []
    second: Heard = []
    channel, other = await layer.listen(first.append), await layer.listen(second.append)
    await layer.group_add("room", channel)
    await layer.group_add("room", other)

    await layer.group_send("room", {"n": 1})
    layer.post("room", {"n": 2})
    await layer.group_discard("room", other)
    layer.post("room", {"n": 3})
    layer.post("elsewhere", {"n": 4})

    assert first == [{"n": 1}, {"n": 2}, {"n": 3}]
    assert second == [{"n": 1}, {"n": 2}]


async def test_a_channel_that_is_not_listened_to_keeps_its_messages_up_to_its_capacity() -> None:
    layer = LocalLayer(capacity=2)
    await layer.group_add("room", "box")

    for number in range(3):
        await layer.group_send("room", {"n": number})  # the third is missed
    with pytest.raises(ChannelFull):
        await layer.send("box", {"n": 4})

    assert [await layer.receive("box") for _ in range(2)] == [{"n": 0}, {"n": 1}]
    await layer.send("box", {"n": 5})
    assert await layer.receive("box") == {"n": 5}


async def test_what_another_thread_sends_is_heard_on_the_listeners_loop() -> None:
    layer = LocalLayer()
    loops: list[asyncio.AbstractEventLoop] = []
    channel = await layer.listen(lambda message: loops.append(asyncio.get_running_loop()))
    await layer.group_add("room", channel)

    await asyncio.to_thread(async_to_sync(layer.group_send), "room", {})
    await until(lambda: bool(loops), "heard")

    assert loops == [asyncio.get_running_loop()]


async def test_a_flushed_layer_has_forgotten_everybody() -> None:
    layer = LocalLayer()
    heard: Heard = []
    await layer.group_add("room", await layer.listen(heard.append))

    await layer.flush()
    layer.post("room", {})

    assert heard == []


# Redis ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    server = RedisServer()
    yield server
    server.stop()


class Process:
    """A layer as one server process has it, in a room, and what it heard."""

    def __init__(self, redis: RedisServer) -> None:
        self.layer = RedisLayer(hosts=[redis.url])
        self.heard: list[int] = []

    async def enter(self, room: str) -> None:
        channel = await self.layer.listen(lambda message: self.heard.append(message["n"]))
        await self.layer.group_add(room, channel)

    async def leave(self) -> None:
        for task in self.layer._tasks:
            task.cancel()
        await asyncio.gather(*self.layer._tasks, return_exceptions=True)
        await self.layer._get_layer().flush()


@pytest.fixture
def room() -> str:
    return uuid.uuid4().hex


@pytest.fixture
async def start(redis: RedisServer, room: str) -> AsyncIterator[Callable[[], Awaitable[Process]]]:
    processes: list[Process] = []

    async def start() -> Process:
        processes.append(Process(redis))
        await processes[-1].enter(room)
        return processes[-1]

    yield start
    for process in processes:
        await process.leave()


Start = Callable[[], Awaitable[Process]]


async def test_others_hear_through_redis_in_order_and_oneself_hears_at_once_and_once(start: Start, room: str) -> None:
    here, there = await start(), await start()

    for number in range(100):
        here.layer.post(room, {"n": number})
        assert here.heard[-1] == number
    await until(lambda: len(there.heard) == 100, "heard over there")
    there.layer.post(room, {"n": 100})
    await until(lambda: len(here.heard) == 101, "heard back here")

    assert here.heard == there.heard == list(range(101))


async def test_what_a_view_sends_is_heard_everywhere(start: Start, room: str) -> None:
    here, there = await start(), await start()

    await asyncio.to_thread(async_to_sync(here.layer.group_send), room, {"n": 7})
    await until(lambda: here.heard == there.heard == [7], "heard")


async def test_a_message_that_breaks_its_listener_does_not_deafen_the_process(start: Start, room: str) -> None:
    here, there = await start(), await start()

    here.layer.post(room, {"n": 1})
    await here.layer._get_layer().group_send(room, {"not": "understood"})
    here.layer.post(room, {"n": 2})

    await until(lambda: there.heard == [1, 2], "heard")


async def test_what_is_posted_while_redis_hangs_is_kept_within_bounds(
    start: Start, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.engine.channel_layers.redis.MAX_OUTBOX", 3)
    here = await start()

    for number in range(10):
        here.layer.post(room, {"n": number})

    assert here.heard == list(range(10))


async def test_after_redis_was_away_the_layer_works_as_before(redis: RedisServer, start: Start, room: str) -> None:
    here, there = await start(), await start()
    redis.stop()

    here.layer.post(room, {"n": 1})
    assert here.heard == [1]
    with pytest.raises(Exception):  # noqa: B017, PT011  (whatever the client raises)
        await here.layer.answers()
    await asyncio.to_thread(redis.start)
    # What is posted before the other has come back is lost; the hub's sweep is there for that.
    await until(lambda: _heard_a_new_one(here, there, room), "heard again")

    assert here.heard == sorted(here.heard)
    assert await here.layer.answers()


def _heard_a_new_one(here: Process, there: Process, room: str) -> bool:
    if any(number > 1 for number in there.heard):
        return True
    if len(here.heard) < 5_000:
        here.layer.post(room, {"n": len(here.heard) + 1})
    return False
