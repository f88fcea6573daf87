"""A command and its answer: acks, repetitions, leaving and joining again."""

import asyncio

import pytest

from tests.support.client import Client, new_id
from tests.support.table import Rooms, Table

LINE = {"message": "Hail!"}


async def test_an_ack_is_ones_own_and_names_the_place_in_the_log(table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")

    ack = await alice.sends_acked("chat_message", LINE, id="x" * 64)

    assert ack == {"id": "x" * 64, "seq": 1, "duplicate": False}
    assert (await dm.expect_frame("chat_message"))["seq"] == 1
    await dm.fence()
    assert dm.heard("ack") == []


async def test_without_an_id_there_is_no_ack(table: Table) -> None:
    alice = await table.sit("alice")

    await alice.send("chat_message", LINE)

    await alice.expect("chat_message")
    await alice.fence()
    assert alice.heard("ack") == []


async def test_what_is_not_stored_is_acked_without_a_place(table: Table) -> None:
    alice = await table.sit("alice")

    ack = await alice.sends_acked("ping", {"timestamp": 1}, id="p")

    assert ack == {"id": "p", "duplicate": False}


async def test_an_acked_line_is_in_the_log(table: Table) -> None:
    alice = await table.sit("alice")

    ack = await alice.sends_acked("chat_message", LINE)

    assert [frame["seq"] for frame in table.history()["results"]] == [ack["seq"]]


# Repetitions ---------------------------------------------------------------------------------


async def test_a_command_sent_again_is_carried_out_once(table: Table) -> None:
    alice = await table.sit("alice")
    first = await alice.sends_acked("chat_message", LINE, id="a")
    await alice.sends_acked("chat_message", LINE, id="b")

    again = await alice.sends_acked("chat_message", LINE, id="a")

    assert again == first | {"duplicate": True}
    assert [frame["seq"] for frame in table.history()["results"]] == [1, 2]


async def test_dice_are_rolled_once(table: Table) -> None:
    alice = await table.sit("alice")
    await alice.sends_acked("dice_roll", {"formula": "20d100"}, id="a")
    again = await alice.sends_acked("dice_roll", {"formula": "20d100"}, id="a")

    await alice.fence()

    assert again["duplicate"] is True
    rolls = [frame for frame in table.history()["results"] if frame["event"] == "dice_roll"]
    assert len(alice.heard("dice_roll")) == len(rolls) == 1


async def test_the_first_of_a_key_counts_whatever_comes_later(table: Table) -> None:
    alice = await table.sit("alice")
    first = await alice.sends_acked("chat_message", LINE, id="a")

    again = await alice.sends_acked("player_action", {"action_type": "hide", "details": {}}, id="a")

    assert again == first | {"duplicate": True}
    assert [frame["event"] for frame in table.history()["results"]] == ["chat_message"]


async def test_a_key_counts_on_all_sockets_of_its_user(table: Table) -> None:
    here = await table.sit("alice")
    first = await here.sends_acked("chat_message", LINE, id="a")
    await here.cut()
    back = await table.sit("alice")

    assert await back.sends_acked("chat_message", LINE, id="a") == first | {"duplicate": True}


async def test_a_key_sent_on_two_sockets_at_once_counts_once(table: Table) -> None:
    one, two = await table.sit("alice"), await table.sit("alice")

    for key in map(str, range(5)):
        acks = await asyncio.gather(*(tab.sends_acked("chat_message", LINE, id=key) for tab in (one, two)))
        assert acks[0]["seq"] == acks[1]["seq"]
        assert sorted(ack["duplicate"] for ack in acks) == [False, True]

    assert len(table.history()["results"]) == 5


async def test_a_key_sent_twice_in_a_row_without_waiting_counts_once(table: Table) -> None:
    alice = await table.sit("alice")

    for _ in range(3):
        await alice.send("chat_message", LINE, id="a")

    acks = [await alice.expect("ack", id="a") for _ in range(3)]
    assert [ack["seq"] for ack in acks] == [1, 1, 1]
    assert [ack["duplicate"] for ack in acks] == [False, True, True]


async def test_a_key_is_its_users_own(table: Table) -> None:
    alice, bob = await table.sit("alice"), await table.sit("bob")
    await alice.sends_acked("chat_message", LINE, id="a")

    assert (await bob.sends_acked("chat_message", LINE, id="a")) == {"id": "a", "seq": 2, "duplicate": False}


async def test_a_key_is_its_sessions_own(rooms: Rooms, table: Table) -> None:
    async with rooms.take() as elsewhere:
        # The same user in both: alice becomes a member elsewhere, too.
        table.server.shell(
            "from game.campaign.models import Membership; from game.engine.models import Session;"
            f"campaign = Session.objects.get(pk={elsewhere.session}).campaign;"
            f"Membership.objects.create(campaign=campaign, user_id={table.user_id('alice')}, role='player')"
        )
        elsewhere.tokens["alice"] = table.tokens["alice"]
        for room in (table, elsewhere):
            alice = await room.sit("alice")
            assert (await alice.sends_acked("chat_message", LINE, id="a"))["duplicate"] is False


async def test_a_refused_key_may_be_used_again(table: Table) -> None:
    alice = await table.sit("alice")
    await alice.refused("chat_message", {"message": ""}, id="a")
    await alice.refused("dm_narration", {"narration": "It rains."}, id="a")

    ack = await alice.sends_acked("chat_message", LINE, id="a")

    assert ack == {"id": "a", "seq": 1, "duplicate": False}


async def test_many_lines_at_once_keep_their_order(table: Table) -> None:
    dm, alice, bob = await table.sit_all()
    said = {who: [f"{who} {number}" for number in range(20)] for who in ("alice", "bob")}

    async def talk(client: Client, lines: list[str]) -> None:
        for line in lines:
            await client.send("chat_message", {"message": line}, id=new_id())

    await asyncio.gather(talk(alice, said["alice"]), talk(bob, said["bob"]))

    for someone in (dm, alice, bob):
        heard = [(await someone.expect("chat_message"))["message"] for _ in range(40)]
        for who, lines in said.items():
            assert [line for line in heard if line.startswith(who)] == lines
        assert heard == [frame["data"]["message"] for frame in dm.heard("chat_message")]


# Leaving and joining ----------------------------------------------------------------------------


async def test_who_left_hears_and_says_nothing_until_joining_again(table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")
    await alice.send("leave_room")
    assert await alice.expect("room_left") == {"session_id": table.session}

    error = await alice.refused("chat_message", LINE)
    await dm.sends_acked("chat_message", {"message": "Is she gone?"})
    await alice.send("join_room", {})
    joined = await alice.expect("room_joined")
    await alice.expect("player_list")

    assert error["code"] == "not_joined"
    assert alice.heard("chat_message") == []
    assert joined["seq"] == 1
    assert joined["resumed"] is False
    await alice.sends_acked("chat_message", LINE)
    assert (await alice.expect_frame("chat_message"))["seq"] == 2


async def test_leaving_and_joining_are_acked_too(table: Table) -> None:
    alice = await table.sit("alice")

    left = await alice.sends_acked("leave_room", {})
    joined = await alice.sends_acked("join_room", {})

    assert "seq" not in left
    assert left["duplicate"] is joined["duplicate"] is False


async def test_who_joins_again_catches_up(table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")
    epoch = alice.heard("room_joined")[0]["data"]["epoch"]
    await alice.send("leave_room")
    await alice.expect("room_left")
    for number in (1, 2):
        await dm.sends_acked("chat_message", {"message": f"Nr {number}"})

    await alice.send("join_room", {"since": 0, "epoch": epoch})

    joined = await alice.expect("room_joined")
    assert (joined["resumed"], joined["missed"], joined["snapshot"]) == (True, 2, None)
    assert [(await alice.expect("chat_message"))["message"] for _ in range(2)] == ["Nr 1", "Nr 2"]


async def test_joining_twice_answers_twice_and_announces_nothing(table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")
    await dm.expect("player_joined")

    await alice.send("join_room", {})

    joined = await alice.expect("room_joined")
    assert [player["user_id"] for player in joined["players"]] == [table.user_id("dm"), table.user_id("alice")]
    await alice.sends_acked("chat_message", LINE)
    await dm.expect("chat_message")
    await alice.expect("chat_message")
    await dm.fence()
    await alice.fence()
    assert len(dm.heard("player_joined")) == 1
    assert dm.heard("player_left") == []
    assert len(dm.heard("chat_message")) == len(alice.heard("chat_message")) == 1


@pytest.mark.parametrize("event", ["dm_narration", "player_action", "turn_change", "combat_update", "dice_roll"])
async def test_outside_the_room_every_command_is_refused(table: Table, event: str) -> None:
    dm = await table.sit("dm")
    await dm.send("leave_room")
    await dm.expect("room_left")
    data = {
        "narration": "x",
        "action_type": "x",
        "details": {},
        "turn": {"current_character_name": None},
        "combat": {"active": True},
        "formula": "1d6",
    }

    assert (await dm.refused(event, data))["code"] == "not_joined"
