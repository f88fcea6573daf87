"""How long things may be: the last that is accepted, and the first that is not."""

import json
from contextlib import suppress
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.support.client import Client
from tests.support.table import Table

KIB = 1024
CLOSES_AS_TOO_LARGE = {4009, 1009}  # the server below the application may be quicker


def padded(size: int, letter: str = "x") -> str:
    """A harmless frame of so many bytes."""
    bare = json.dumps({"event": "ping", "data": {"timestamp": 1, "padding": ""}}, ensure_ascii=False)
    room = size - len(bare.encode())
    padding = letter * (room // len(letter.encode()))
    return bare.replace('""', f'"{padding.ljust(len(padding) + room % len(letter.encode()))}"')


def sized(size: int, **start: Any) -> dict[str, Any]:
    """An object of so many bytes as compact JSON."""
    start["padding"] = ""
    start["padding"] = "x" * (size - len(json.dumps(start, separators=(",", ":"))))
    assert len(json.dumps(start, separators=(",", ":"))) == size
    return start


async def lives(client: Client) -> None:
    """The socket still plays."""
    await client.fence()


# Frames -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("letter", ["x", "ü", "🐉"])
async def test_a_frame_of_64_kib_is_understood_and_a_larger_one_is_not(table: Table, letter: str) -> None:
    alice = await table.sit("alice")
    fits, too_large = padded(64 * KIB, letter), padded(64 * KIB + 1, letter)
    assert len(too_large.encode()) == len(fits.encode()) + 1 == 64 * KIB + 1

    await alice.send_text(fits)
    await alice.expect("pong")
    await alice.send_text(too_large)

    assert (await alice.expect("error"))["code"] == "too_large"
    await lives(alice)
    assert len(alice.heard("error")) == 1


@pytest.mark.parametrize("size", [200 * KIB, 256 * KIB])
async def test_a_frame_of_up_to_256_kib_leaves_the_socket_alive(table: Table, size: int) -> None:
    alice = await table.sit("alice")

    await alice.send_text("x" * size)

    assert (await alice.expect("error"))["code"] == "too_large"
    await lives(alice)


@pytest.mark.parametrize("frame", ["x" * (256 * KIB + 1), b"x" * (256 * KIB + 1)], ids=["text", "binary"])
async def test_a_frame_of_more_closes(table: Table, frame: str | bytes) -> None:
    alice = await table.sit("alice")

    await alice.send_text(frame)

    assert await alice.close_code() in CLOSES_AS_TOO_LARGE


async def test_an_endless_frame_closes_before_it_has_arrived(table: Table) -> None:
    alice = await table.sit("alice")

    with suppress(ConnectionClosed):
        await alice.send_text("x" * 5000 * KIB)

    # Who is still sending when the connection ends may not get to read why.
    assert await alice.close_code() in {*CLOSES_AS_TOO_LARGE, 1006}


# Fields -----------------------------------------------------------------------------------------


async def accepts_at_most(client: Client, event: str, fits: Any, too_long: Any) -> None:
    """Exactly the one of the two."""
    assert await client.sends_acked(event, fits)
    assert (await client.refused(event, too_long))["code"] == "invalid"
    await client.expect(event)
    await lives(client)
    assert len(client.heard(event)) == 1


# The last is one letter to a reader, two code points to the protocol.
@pytest.mark.parametrize("letter", ["x", "ü", "字", "🐉", "e\u0301"])
async def test_texts_are_counted_in_code_points(table: Table, letter: str) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")

    async def check(client: Client, event: str, field: str, limit: int, **more: Any) -> None:
        text = letter * (limit // len(letter))
        await accepts_at_most(client, event, {field: text, **more}, {field: text + "x", **more})

    await check(alice, "chat_message", "message", 2000)
    await check(dm, "dm_narration", "narration", 8000)
    await check(alice, "player_action", "action_type", 64, details={})


@pytest.mark.parametrize(
    ("who", "event", "field", "more"),
    [
        ("alice", "chat_message", "message", {}),
        ("dm", "dm_narration", "narration", {}),
        ("alice", "player_action", "action_type", {"details": {}}),
    ],
)
async def test_a_text_has_at_least_one_character_which_may_be_a_blank(
    table: Table, who: str, event: str, field: str, more: dict[str, Any]
) -> None:
    client = await table.sit(who)

    assert (await client.refused(event, {field: "", **more}))["code"] == "invalid"
    await client.sends_acked(event, {field: " ", **more})

    heard = await client.expect(event)
    assert heard.get(field, heard.get("action", {}).get(field)) == " "


async def test_an_object_has_at_most_4_kib(table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")

    for client, event, field, start in (
        (alice, "player_action", "details", {}),
        (dm, "turn_change", "turn", {"current_character_name": "Thorin"}),
        (dm, "combat_update", "combat", {"active": True}),
    ):
        more = {"action_type": "hide"} if event == "player_action" else {}
        fits, too_long = ({field: sized(4 * KIB + extra, **start), **more} for extra in (0, 1))
        await accepts_at_most(client, event, fits, too_long)


async def test_a_ping_carries_at_most_64_characters(table: Table) -> None:
    alice = await table.sit("alice")

    await alice.send("ping", {"timestamp": "🐉" * 64})
    await alice.expect("pong", timestamp="🐉" * 64)

    assert (await alice.refused("ping", {"timestamp": "x" * 65}))["code"] == "invalid"


@pytest.mark.parametrize("letter", ["x", "🐉"])
async def test_a_key_has_1_to_64_characters(table: Table, letter: str) -> None:
    alice = await table.sit("alice")

    ack = await alice.sends_acked("chat_message", {"message": "Hail!"}, id=letter * 64)
    assert ack["id"] == letter * 64

    for wrong in (letter * 65, ""):
        await alice.send("chat_message", {"message": "Hail!"}, id=wrong)
        assert (await alice.expect("error"))["code"] == "invalid"
    await lives(alice)
    assert len(alice.heard("chat_message")) == 1
