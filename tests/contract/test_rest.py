"""What is asked over plain HTTP: room information, history, health, the schema."""

import json
from typing import Any

import pytest

from tests.support.server import ServerProcess
from tests.support.table import Rooms, Table
from tests.support.web import Browser


async def test_room_and_history_are_for_members_only(rooms: Rooms, table: Table, subtests: pytest.Subtests) -> None:
    async with rooms.take() as elsewhere:
        foreign = elsewhere.session
    alice = table.tokens["alice"]

    for path in ("/ws/room/{}/info", "/api/sessions/{}/events/"):
        with subtests.test(path):
            assert table.server.get(path.format(table.session), token=alice).status == 200
            assert table.server.get(path.format(table.session)).status == 401
            assert table.server.get(path.format(table.session), token="wrong").status == 401
            unknown = table.server.get(path.format(999_999_999), token=alice)
            not_ones_own = table.server.get(path.format(foreign), token=alice)
            assert unknown.status == not_ones_own.status == 404
            assert unknown.body == not_ones_own.body
            for senseless in (2**63, 2**64, "9" * 5000, "abc", "-1"):
                assert table.server.get(path.format(senseless), token=alice).status == 404
    assert "Traceback" not in table.server.log


def test_a_signed_in_browser_may_ask_for_the_room(rooms: Rooms) -> None:
    browser = Browser(rooms.server.port)
    browser.sign_in("alice", rooms.demo["users"]["alice"]["password"])

    answer = rooms.server.get(f"/ws/room/{rooms.demo['session']}/info", headers={"Cookie": browser.cookie})

    assert answer.status == 200
    assert answer.json["session_id"] == rooms.demo["session"]
    assert answer.json["campaign_id"] == rooms.demo["campaign"]


# History ----------------------------------------------------------------------------------------


async def test_an_empty_log(table: Table) -> None:
    assert table.history() == {"results": [], "next": None}


async def test_history_is_read_forwards_and_backwards(table: Table, subtests: pytest.Subtests) -> None:
    alice = await table.sit("alice")
    for number in range(1, 8):
        await alice.sends_acked("chat_message", {"message": f"line {number}"})
    await alice.expect("chat_message", message="line 7")
    pages: dict[str, tuple[list[int], int | None]] = {
        "": ([1, 2, 3, 4, 5, 6, 7], None),
        "limit=3": ([5, 6, 7], 5),
        "before=5&limit=3": ([2, 3, 4], 2),
        "before=2&limit=3": ([1], None),
        "before=1": ([], None),
        "before=999999": ([1, 2, 3, 4, 5, 6, 7], None),
        "after=0&limit=3": ([1, 2, 3], 3),
        "after=3&limit=3": ([4, 5, 6], 6),
        "after=6&limit=3": ([7], None),
        "after=7": ([], None),
        "after=999999": ([], None),
    }

    for query, (seqs, following) in pages.items():
        with subtests.test(query):
            page = table.history("bob", query)
            assert [frame["seq"] for frame in page["results"]] == seqs
            assert page["next"] == following
            assert page["results"] == [alice.heard("chat_message")[seq - 1] for seq in seqs]


async def test_history_gives_100_by_default_and_5000_at_most(unlimited_rooms: Rooms) -> None:
    async with unlimited_rooms.take() as table:
        alice = await table.sit("alice")
        for number in range(1, 121):
            await alice.send("chat_message", {"message": f"line {number}"})
        await alice.expect("chat_message", message="line 120")

        newest = table.history()
        everything = table.history(query="after=0&limit=5000")
        too_many = table.server.get(
            f"/api/sessions/{table.session}/events/?after=0&limit=5001", token=table.tokens["dm"]
        )

        assert [frame["seq"] for frame in newest["results"]] == list(range(21, 121))
        assert newest["next"] == 21
        assert len(everything["results"]) == 120
        assert too_many.status in {200, 400}
        assert too_many.status == 400 or len(too_many.json["results"]) <= 5000


async def test_every_page_leads_to_the_next(table: Table) -> None:
    alice = await table.sit("alice")
    for number in range(7):
        await alice.sends_acked("chat_message", {"message": f"line {number}"})

    def walk(direction: str, start: int) -> list[int]:
        seqs: list[int] = []
        place: int | None = start
        while place is not None:
            page = table.history(query=f"{direction}={place}&limit=2")
            seqs += [frame["seq"] for frame in page["results"]]
            place = page["next"]
        return seqs

    assert walk("after", 0) == [1, 2, 3, 4, 5, 6, 7]
    assert walk("before", 8) == [6, 7, 4, 5, 2, 3, 1]


async def test_senseless_places_are_no_bug(table: Table, subtests: pytest.Subtests) -> None:
    for value in ("x", "-1", "1.5", "", "9" * 5000, str(2**63), str(2**64), "NaN", "%00", "%FF"):
        for name in ("after", "before", "limit"):
            with subtests.test(f"{name}={value[:20]}"):
                path = f"/api/sessions/{table.session}/events/?{name}={value}"
                assert table.server.get(path, token=table.tokens["dm"]).status in {200, 400}
    assert "Traceback" not in table.server.log


# The server itself ------------------------------------------------------------------------------


def test_it_lives_and_is_ready(server: ServerProcess) -> None:
    assert server.get("/healthz").status == 200
    assert server.get("/readyz").status == 200


def test_the_schema_names_every_endpoint(server: ServerProcess) -> None:
    schema = server.get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})

    assert schema.status == 200
    paths: dict[str, Any] = json.loads(schema.body)["paths"]
    named = {path.replace("{id}", "{session_id}") for path in paths}
    assert {
        "/ws/room/{session_id}/info",
        "/api/sessions/{session_id}/events/",
        "/api/token/",
        "/api/token/refresh/",
    } <= named


def test_the_schema_can_be_browsed_without_another_host(server: ServerProcess) -> None:
    page = server.get("/api/docs/")

    assert page.status == 200
    assert b"https://" not in page.body.replace(b"https://127.0.0.1", b"")
