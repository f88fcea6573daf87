"""The server stops: everybody is told to come back, and finds everything again."""

import asyncio
import signal

import pytest

from tests.conftest import StartServer
from tests.support.server import ServerProcess
from tests.support.table import Rooms

# As an update ends it, and as a closed terminal or `systemctl reload` does.
ENDS = {"SIGTERM": ServerProcess.terminate, "SIGHUP": ServerProcess.hang_up}


async def stop_and_start(server: ServerProcess, by: str) -> None:
    ENDS[by](server)
    assert await asyncio.to_thread(server.wait) in {0, -signal.SIGTERM}
    await asyncio.to_thread(server.start)


@pytest.mark.parametrize(
    ("backend", "by"), [("uvicorn-sqlite", "SIGTERM"), ("uvicorn-sqlite", "SIGHUP"), ("daphne-sqlite", "SIGTERM")]
)
async def test_a_restart_is_announced_and_loses_nothing(start_server: StartServer, backend: str, by: str) -> None:
    async with Rooms(start_server(backend), 1).take() as table:
        dm, alice = await table.sit("dm"), await table.sit("alice")
        epoch = alice.heard("room_joined")[0]["data"]["epoch"]
        ack = await alice.sends_acked("chat_message", {"message": "Hail!"}, id="a")
        restart = asyncio.create_task(stop_and_start(table.server, by))

        assert [await dm.close_code(), await alice.close_code()] == [4200, 4200]
        assert alice.close_reason == "Server restarting"
        await restart

        back = await table.connect(table.tokens["alice"], since=1, epoch=epoch)
        joined = await back.expect("room_joined")
        assert (joined["resumed"], joined["missed"], joined["seq"]) == (True, 0, 1)
        assert await back.sends_acked("chat_message", {"message": "Hail!"}, id="a") == ack | {"duplicate": True}
