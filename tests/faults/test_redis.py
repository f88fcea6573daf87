"""Redis may go and come back: the server says so and goes on."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.conftest import StartServer
from tests.support.services import RedisServer
from tests.support.table import Rooms
from tests.support.waiting import soon


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    server = RedisServer()
    yield server
    server.stop()


async def test_readiness_names_what_is_missing_and_play_goes_on(start_server: StartServer, redis: RedisServer) -> None:
    server = start_server("uvicorn-sqlite", REDIS_URL=redis.url)
    async with Rooms(server, 1).take() as table:
        dm, alice = await table.sit("dm"), await table.sit("alice")

        redis.stop()
        await soon(lambda: server.get("/readyz").status == 503, "readiness is refused")
        missing = server.get("/readyz").body.decode()
        await alice.sends_acked("chat_message", {"message": "Is this thing on?"})
        await dm.expect("chat_message", message="Is this thing on?")
        await asyncio.to_thread(redis.start)
        await soon(lambda: server.get("/readyz").status == 200, "it is ready again")
        await alice.sends_acked("chat_message", {"message": "It is."})
        await dm.expect("chat_message", message="It is.")

        assert "channel" in missing.lower()
        assert "database" not in missing.lower()
        assert server.get("/healthz").status == 200
