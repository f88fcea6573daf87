"""Roll tables on running servers: what each member is told of a draw, and one deck on two server processes."""

import asyncio
import json
from typing import Any

import pytest

from tests.conftest import StartServer
from tests.support.client import Frame, new_id
from tests.support.table import Rooms, Table

SECRET = "open, sesame"


def make(table: Table, *rows: str, name: str = "Fate", **how: bool) -> int:
    """A table in the session's campaign; its id."""
    return int(
        table.server.shell(
            "from game.roll_tables.models import RollTable, RollTableRow; from game.engine.models import Session;"
            f"table = RollTable.objects.create(campaign=Session.objects.get(pk={table.session}).campaign,"
            f" name={name + ' ' + new_id()!r}, **{how!r});"
            f"RollTableRow.objects.bulk_create(RollTableRow(table=table, position=n, text=text)"
            f" for n, text in enumerate({rows!r}));"
            "print(table.pk)"
        )
        .strip()
        .rsplit(maxsplit=1)[-1]
    )


def another_session(table: Table) -> int:
    """A second session of the same campaign; its id."""
    code = (
        "from game.engine.models import Session;"
        f"campaign = Session.objects.get(pk={table.session}).campaign;"
        "print(Session.objects.create(campaign=campaign, title='Meanwhile').pk)"
    )
    return int(table.server.shell(code).strip().rsplit(maxsplit=1)[-1])


def tables(table: Table, name: str) -> Any:
    return table.get(f"/api/sessions/{table.session}/tables/", name).json["results"]


async def everything(table: Table, name: str, seq: int) -> dict[str, list[Frame]]:
    """The frame of this seq by each way there is to it."""
    back = await table.sit(name, since=seq - 1)
    await back.fence()
    fresh = await table.connect(table.tokens[name])
    snapshot = (await fresh.expect("room_joined"))["snapshot"]
    ways = {
        "since": back.frames,
        "snapshot": snapshot["events"],
        "history": table.history(name, f"after={seq - 1}&limit=5")["results"],
    }
    await back.close()
    await fresh.close()
    return {way: [frame for frame in frames if frame.get("seq") == seq] for way, frames in ways.items()}


@pytest.mark.parametrize(
    ("visibility", "whole", "veiled"),
    [
        ("public", {"dm", "alice", "bob", "carol"}, set()),
        ("dm", {"dm", "alice"}, set()),
        ("blind", {"dm"}, {"alice"}),
        ("self", {"alice"}, set()),
    ],
)
async def test_a_draw_reaches_whom_it_is_for(rooms: Rooms, visibility: str, whole: set[str], veiled: set[str]) -> None:
    async with rooms.demo_table() as table:
        rows = make(table, SECRET, players_may_draw=True)
        alice = await table.sit("alice")

        seq = (await alice.sends_acked("table_draw", {"table_id": rows, "visibility": visibility}))["seq"]

        for name in ("dm", "alice", "bob", "carol"):
            for way, frames in (await everything(table, name, seq)).items():
                told = json.dumps(frames)
                assert (SECRET in told) == (name in whole), (name, way)
                assert ("proof" in told) == (name in whole), (name, way)
                assert ("table_draw" in told) == (name in whole | veiled), (name, way)


async def test_players_learn_of_no_table_but_those_that_they_may_draw_from(rooms: Rooms) -> None:
    async with rooms.demo_table() as table:
        secret = f"{SECRET} {new_id()}"
        hidden = make(table, secret, name=secret)
        deck = make(table, secret, secret + "!", players_may_draw=True, with_replacement=False)
        alice = await table.sit("alice")

        refused = await alice.refused("table_draw", {"table_id": hidden})
        unknown = await alice.refused("table_draw", {"table_id": 10**9})

        assert (refused["code"], refused["message"]) == (unknown["code"], unknown["message"])
        seen = {name: {found["id"]: found for found in tables(table, name)} for name in ("dm", "alice", "carol")}
        assert secret not in json.dumps([seen["alice"], seen["carol"], alice.frames])
        assert (hidden in seen["alice"], deck in seen["alice"], seen["carol"]) == (False, True, {})
        assert seen["alice"][deck]["rows"] is seen["alice"][deck]["left"] is None
        assert (seen["dm"][deck]["rows"], seen["dm"][deck]["left"]) == (2, 2)
        assert hidden in seen["dm"]


async def test_one_deck_on_two_processes_and_in_two_sessions_deals_each_card_once(start_server: StartServer) -> None:
    rooms = Rooms(start_server("uvicorn-postgres-redis", ROLLSCAPE_RATE="0"), 1)
    neighbour = start_server("uvicorn-postgres-redis", beside=rooms.server)
    async with rooms.take() as here, Table(neighbour, another_session(here), here.tokens) as there:
        deck = make(here, *map(str, range(60)), with_replacement=False, players_may_draw=True)
        guests = [await here.sit("alice"), await there.sit("dm"), await here.sit("dm"), await there.sit("bob")]

        for _ in range(15):
            await asyncio.gather(*(guest.sends_acked("table_draw", {"table_id": deck}) for guest in guests))

        log = [*here.history(query="limit=200")["results"], *there.history(query="limit=200")["results"]]
        cards = [frame["data"]["draw"]["rows"][0]["text"] for frame in log if frame["event"] == "table_draw"]
        assert sorted(cards, key=int) == list(map(str, range(60)))
