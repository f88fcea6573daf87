"""Redis may go and come back: the server says so and goes on."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.server import ServerProcess
from tests.support.services import RedisServer
from tests.support.table import Rooms
from tests.support.waiting import soon


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture
def server(redis: RedisServer, tmp_path: Path) -> Iterator[ServerProcess]:
    # Not one of `start_server`, whose logs must be clean: channels_redis shows a traceback when Redis goes.
    server = ServerProcess("uvicorn", tmp_path, REDIS_URL=redis.url)
    yield server
    server.stop()


async def test_readiness_names_what_is_missing_and_play_goes_on(server: ServerProcess, redis: RedisServer) -> None:
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
