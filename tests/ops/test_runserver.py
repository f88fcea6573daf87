"""`manage.py runserver`, for developers, serves what `make run` serves."""

from tests.conftest import StartServer
from tests.support.table import Rooms


async def test_pages_and_sockets_are_served(start_server: StartServer) -> None:
    server = start_server("runserver-sqlite")

    assert server.get("/").status == 200
    assert server.get("/static/game/ui/variables.css").status == 200
    async with Rooms(server, 1).take() as table:
        dm, alice = await table.sit("dm"), await table.sit("alice")

        assert (await dm.sends_acked("dm_narration", {"narration": "The door creaks."}))["seq"] == 1
        await alice.expect("dm_narration", narration="The door creaks.")
