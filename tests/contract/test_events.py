"""Every event that a table hears, and every one that only oneself hears."""

from typing import Any, NamedTuple

import pytest

from tests.support.shapes import is_player, is_timestamp
from tests.support.table import Rooms, Table


class Outcome(NamedTuple):
    """Who says what, and what the table hears besides a timestamp."""

    who: str
    data: dict[str, Any]
    heard: dict[str, Any]
    names_its_author: bool = True


GOBLIN = {"target": "Goblin", "weapon": "Longsword", "at": [1, 2.5, None, True, {"x": "ü"}]}
TURN = {"current_character_name": "Thorin", "round": 2, "order": ["Thorin", "Goblin"], "note": None}
COMBAT = {"active": True, "round": 1, "combatants": [{"name": "Goblin", "hp": 7}]}
STORED = {
    "chat_message": Outcome("alice", {"message": " Hail,\n\tü 🐉! "}, {"message": " Hail,\n\tü 🐉! "}),
    "dm_narration": Outcome("dm", {"narration": "You enter a dark cave…"}, {"narration": "You enter a dark cave…"}),
    "player_action": Outcome(
        "alice",
        {"action_type": "attack", "details": GOBLIN},
        {"action": {"action_type": "attack", "details": GOBLIN}},
    ),
    "dice_roll": Outcome(
        "alice",
        {"formula": "1d20+5", "result": 18, "rolls": [13], "modifier": 5},
        {"roll": {"formula": "1d20+5", "result": 18, "rolls": [13], "modifier": 5, "source": "reported"}},
    ),
    "turn_change": Outcome("dm", {"turn": TURN}, {"turn": TURN}, names_its_author=False),
    "combat_update": Outcome("dm", {"combat": COMBAT}, {"combat": COMBAT}, names_its_author=False),
}


def says(data: Any, expected: Any) -> bool:
    """Whether everything expected is there; further fields may be, too."""
    if isinstance(expected, dict) and isinstance(data, dict):
        return all(name in data and says(data[name], value) for name, value in expected.items())
    return bool(data == expected) and type(data) is type(expected)


@pytest.mark.parametrize("event", STORED)
async def test_everybody_hears_it_as_it_was_said(table: Table, event: str) -> None:
    who, data, expected, names_its_author = STORED[event]
    people = dict(zip(("dm", "alice", "bob"), await table.sit_all(), strict=True))

    ack = await people[who].sends_acked(event, data)

    frames = [await someone.expect_frame(event) for someone in people.values()]
    assert frames[0] == frames[1] == frames[2]
    assert frames[0]["seq"] == ack["seq"]
    heard = frames[0]["data"]
    assert says(heard, expected)
    assert is_timestamp(heard["timestamp"])
    if names_its_author:
        assert is_player(heard["player"])
        assert heard["player"]["user_id"] == table.user_id(who)
        assert heard["player"]["role"] == ("dm" if who == "dm" else "player")


@pytest.mark.parametrize("event", STORED)
async def test_it_comes_back_the_same_on_every_way(table: Table, event: str) -> None:
    who, data, _, _ = STORED[event]
    author = await table.sit(who)
    await author.sends_acked(event, data)
    live = await author.expect_frame(event)

    snapshot = (await (await table.connect(table.tokens["bob"])).expect("room_joined"))["snapshot"]
    resumed = await table.sit("bob", since=live["seq"] - 1)

    assert snapshot["events"] == [live]
    assert await resumed.expect_frame(event) == live
    assert table.history("bob")["results"] == [live]


async def test_what_is_said_out_of_character_is_marked_so_and_nothing_else_is(table: Table) -> None:
    bob, alice = await table.sit("bob"), await table.sit("alice")

    await alice.sends_acked("chat_message", {"message": "Tea?", "out_of_character": True})
    await alice.sends_acked("chat_message", {"message": "Who goes there?"})

    assert (await bob.expect("chat_message", message="Tea?"))["out_of_character"] is True
    assert "out_of_character" not in await bob.expect("chat_message", message="Who goes there?")


async def test_a_client_is_not_believed_who_it_is(table: Table) -> None:
    alice = await table.sit("alice")
    forged = {"user_id": 1, "username": "dm", "is_dm": True}

    await alice.sends_acked("chat_message", {"message": "I am the DM", "player": forged, "timestamp": "1970", "x": 1})

    heard = await alice.expect("chat_message")
    assert heard["player"]["user_id"] == table.user_id("alice")
    assert heard["player"]["is_dm"] is False
    assert is_timestamp(heard["timestamp"])


@pytest.mark.parametrize("timestamp", [0, -1, 1753000000000, 0.5, 1e300, "", "x" * 64, "🐉" * 64])
async def test_ping_is_answered_with_what_it_said(table: Table, timestamp: Any) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")

    await alice.send("ping", {"timestamp": timestamp})

    pong = await alice.expect_frame("pong")
    assert says(pong["data"], {"timestamp": timestamp})
    assert is_timestamp(pong["data"]["server_time"])
    assert "seq" not in pong
    await dm.fence()
    assert len(dm.heard("pong")) == 1  # the fence's own


async def test_a_turn_may_be_nobodys(table: Table) -> None:
    dm = await table.sit("dm")

    await dm.sends_acked("turn_change", {"turn": {"current_character_name": None}})

    assert says(await dm.expect("turn_change"), {"turn": {"current_character_name": None}})


async def test_turn_and_combat_are_part_of_the_snapshot_and_replace_the_last(table: Table) -> None:
    dm = await table.sit("dm")
    before = (await (await table.connect(table.tokens["bob"])).expect("room_joined"))["snapshot"]
    for number in (1, 2):
        await dm.sends_acked("turn_change", {"turn": {"current_character_name": f"Nr {number}", f"only{number}": 1}})
        await dm.sends_acked("combat_update", {"combat": {"active": number == 1, f"only{number}": [1]}})

    after = (await (await table.connect(table.tokens["bob"])).expect("room_joined"))["snapshot"]

    assert before["turn"] is None
    assert before["combat"] is None
    assert says(after["turn"], {"current_character_name": "Nr 2", "only2": 1})
    assert "only1" not in after["turn"]
    assert says(after["combat"], {"active": False, "only2": [1]})
    assert "only1" not in after["combat"]


# Who may -----------------------------------------------------------------------------------------

DM_ONLY = {
    "dm_narration": ({"narration": "It rains."}, "Only DM can send narration"),
    "turn_change": ({"turn": {"current_character_name": "Thorin"}}, "Only DM can change turns"),
    "combat_update": ({"combat": {"active": True}}, "Only DM can update combat"),
}


@pytest.mark.parametrize("event", DM_ONLY)
async def test_a_player_is_refused_what_is_the_dms(table: Table, event: str) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")
    data, sentence = DM_ONLY[event]

    error = await alice.refused(event, data, id="mine")

    assert error["message"] == sentence
    assert error["code"] == "forbidden"
    assert error["id"] == "mine"
    await alice.send(event, data)  # and without an id
    assert says(await alice.expect("error"), {"message": sentence, "code": "forbidden"})
    await alice.sends_acked("chat_message", {"message": "All right."})
    await dm.expect("chat_message")
    assert dm.heard(event) == []


@pytest.mark.parametrize("event", STORED)
async def test_a_spectator_only_watches(rooms: Rooms, event: str) -> None:
    async with rooms.demo_table() as table:
        carol = await table.sit("carol")

        error = await carol.refused(event, STORED[event].data)

        assert error["code"] == "forbidden"
        if event in DM_ONLY:
            assert error["message"] == DM_ONLY[event][1]


async def test_a_spectator_joins_pings_leaves_and_hears(rooms: Rooms) -> None:
    async with rooms.demo_table() as table:
        carol, alice = await table.connect(table.tokens["carol"]), await table.sit("alice")
        joined = await carol.expect("room_joined")
        assert joined["player"]["role"] == "spectator"
        assert is_player(joined["player"])

        await carol.fence()
        await alice.sends_acked("chat_message", {"message": "Watch this."})
        assert (await carol.expect("chat_message"))["message"] == "Watch this."
        await carol.send("leave_room")
        await carol.expect("room_left")
        await carol.send("join_room")
        await carol.expect("room_joined")


async def test_a_dm_may_what_a_player_may(table: Table) -> None:
    dm = await table.sit("dm")

    for event in ("chat_message", "player_action", "dice_roll"):
        await dm.sends_acked(event, STORED[event].data)
        assert (await dm.expect(event))["player"]["is_dm"] is True


async def test_rooms_do_not_hear_each_other(rooms: Rooms, table: Table) -> None:
    async with rooms.take() as elsewhere:
        here, there = await table.sit("alice"), await elsewhere.sit("alice")
        await here.sends_acked("chat_message", {"message": "Is anybody there?"})

        await there.sends_acked("chat_message", {"message": "Nobody."})

        await there.expect("chat_message", message="Nobody.")
        await here.fence()
        assert [frame["data"]["message"] for frame in here.heard("chat_message")] == ["Is anybody there?"]
        assert len(there.heard("chat_message")) == 1
