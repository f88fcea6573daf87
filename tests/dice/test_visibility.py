"""Who sees a roll: told from the raw frames, live, caught up, in the snapshot and in the history."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.client import Client, Frame
from tests.support.table import Rooms, Table

NAMES = ("dm", "alice", "bob", "carol")  # carol is a spectator
SECRET = "open, sesame"
WHOLE = {"formula", "result", "rolls", "modifier", "source", "visibility", "terms", "reason", "proof"}
VEILED = {"formula", "visibility", "reason"}

# visibility, roller, who sees the whole of it, who sees that it was
CASES: list[tuple[str, str, set[str], set[str]]] = [
    ("public", "alice", set(NAMES), set()),
    ("dm", "alice", {"dm", "alice"}, set()),
    ("blind", "alice", {"dm"}, {"alice"}),
    ("self", "alice", {"alice"}, set()),
    ("dm", "dm", {"dm"}, set()),
    ("blind", "dm", {"dm"}, set()),
    ("self", "dm", {"dm"}, set()),
]


@pytest.fixture
async def demo(rooms: Rooms) -> AsyncIterator[Table]:
    """The table that has a spectator."""
    async with rooms.demo_table() as table:
        yield table


async def seat_all(table: Table) -> dict[str, Client]:
    return {name: await table.sit(name) for name in NAMES}


async def everything(table: Table, name: str, live: Client, seq: int) -> dict[str, list[Frame]]:
    """What this member is told, by each way there is; the frame of this seq in each, if any."""
    await live.fence()
    back = await table.sit(name, since=seq - 1)
    await back.fence()
    fresh = await table.connect(table.tokens[name])
    snapshot = (await fresh.expect("room_joined"))["snapshot"]
    ways = {
        "live": live.frames,
        "since": back.frames,
        "snapshot": snapshot["events"],
        "history": table.history(name, f"after={seq - 1}&limit=10")["results"],
        "history back": table.history(name, f"before={seq + 1}&limit=10")["results"],
    }
    await back.close()
    await fresh.close()
    return {way: [frame for frame in frames if frame.get("seq") == seq] for way, frames in ways.items()}


@pytest.mark.parametrize(("visibility", "roller", "whole", "veiled"), CASES, ids=[f"{c[0]} by {c[1]}" for c in CASES])
async def test_a_roll_reaches_whom_it_is_for(
    demo: Table, visibility: str, roller: str, whole: set[str], veiled: set[str]
) -> None:
    seated = await seat_all(demo)

    roll = {"formula": "3d6 + 1", "visibility": visibility, "reason": SECRET}
    ack = await seated[roller].sends_acked("dice_roll", roll)

    for name, live in seated.items():
        for way, frames in (await everything(demo, name, live, ack["seq"])).items():
            if name in whole:
                check_whole(frames, visibility)
            elif name in veiled:
                check_veiled(frames)
            else:
                skip = [{"event": "skip", "data": {}, "seq": ack["seq"]}]
                assert frames == (skip if way in {"live", "since"} else []), (name, way)


def check_whole(frames: list[Frame], visibility: str) -> None:
    (frame,) = frames
    roll = frame["data"]["roll"]
    assert frame["event"] == "dice_roll"
    assert roll.keys() - {"character", "bonuses"} == WHOLE
    assert (roll["visibility"], roll["reason"]) == (visibility, SECRET)
    assert roll["result"] == sum(roll["rolls"]) + 1


def check_veiled(frames: list[Frame]) -> None:
    (frame,) = frames
    assert frame["event"] == "dice_roll"
    assert set(frame["data"]) == {"player", "roll", "timestamp"}
    assert frame["data"]["roll"].keys() - {"character"} == VEILED


async def test_a_repeated_command_tells_no_more_than_the_first(table: Table) -> None:
    alice = await table.sit("alice")
    blind = {"formula": "1d20", "visibility": "blind"}

    first = await alice.sends_acked("dice_roll", blind, "roll-1")
    again = await alice.sends_acked("dice_roll", blind, "roll-1")

    assert set(first) == set(again) == {"id", "seq", "duplicate"}
    assert (again["seq"], again["duplicate"]) == (first["seq"], True)
    await alice.fence()
    assert "result" not in json.dumps(alice.frames)


def rolls(table: Table, name: str) -> list[Frame]:
    """The rolls in the log as this member gets it, without the commitment that comes before the first."""
    return [frame for frame in table.history(name)["results"] if frame["event"] == "dice_roll"]


# Roles change ------------------------------------------------------------------------------------


def make(table: Table, name: str, role: str) -> None:
    table.server.shell(
        "from game.campaign.models import Membership;"
        f"membership = Membership.objects.get(user={table.user_id(name)}, campaign__sessions={table.session});"
        f"membership.role = '{role}'; membership.save()"
    )


async def test_who_becomes_dm_sees_what_dms_see_and_who_is_none_any_more_does_not(table: Table) -> None:
    alice, bob = await table.sit("alice"), await table.sit("bob")
    for visibility in ("dm", "blind", "self"):
        await alice.sends_acked("dice_roll", {"formula": "1d20", "visibility": visibility})

    def seen(name: str) -> list[str]:
        return [frame["data"]["roll"]["visibility"] for frame in rolls(table, name)]

    assert seen("bob") == []
    make(table, "bob", "dm")
    await bob.expect("player_list")  # the room has heard of it
    assert seen("bob") == ["dm", "blind"]
    await alice.sends_acked("dice_roll", {"formula": "1d4", "visibility": "dm"})
    assert (await bob.expect("dice_roll"))["roll"]["formula"] == "1d4"

    make(table, "bob", "player")
    await bob.expect("player_list")
    await alice.sends_acked("dice_roll", {"formula": "1d4", "visibility": "dm"})
    await bob.fence()
    assert bob.frames[-2]["event"] == "skip"
    assert seen("bob") == []


async def test_who_rolled_blind_and_becomes_dm_sees_what_fell(table: Table) -> None:
    alice = await table.sit("alice")
    await alice.sends_acked("dice_roll", {"formula": "1d20", "visibility": "blind"})

    make(table, "alice", "dm")

    assert "result" in rolls(table, "alice")[0]["data"]["roll"]


# Revealed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("visibility", "by"), [("self", "alice"), ("dm", "alice"), ("dm", "dm"), ("blind", "dm")])
async def test_a_revealed_roll_is_everybodys(demo: Table, visibility: str, by: str) -> None:
    seated = await seat_all(demo)
    rolled = await seated["alice"].sends_acked("dice_roll", {"formula": "2d6", "visibility": visibility})

    revealed = await seated[by].sends_acked("roll_reveal", {"seq": rolled["seq"]})

    assert revealed["seq"] == rolled["seq"] + 1
    for name, live in seated.items():
        told = await live.expect("roll_revealed", seq=rolled["seq"])
        assert told["player"]["username"] == by
        assert told["roller"]["username"] == "alice"
        assert told["roll"]["revealed"] is True
        assert told["roll"]["visibility"] == visibility
        ways = await everything(demo, name, live, rolled["seq"])
        for way in ("snapshot", "history", "history back"):
            (frame,) = ways[way]
            assert frame["data"]["roll"] == told["roll"]
            assert (frame["data"]["player"], frame["data"]["timestamp"]) == (told["roller"], told["rolled_at"])
        for frames in (await everything(demo, name, live, revealed["seq"])).values():
            assert [frame["data"] for frame in frames] == [told]


async def test_revealing_again_changes_nothing(table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")
    hidden = await alice.sends_acked("dice_roll", {"formula": "2d6", "visibility": "dm"})
    public = await alice.sends_acked("dice_roll", {"formula": "2d6"})
    await alice.sends_acked("roll_reveal", {"seq": hidden["seq"]})

    for seq in (hidden["seq"], public["seq"]):
        again = await dm.sends_acked("roll_reveal", {"seq": seq})
        assert (again["seq"], again["duplicate"]) == (seq, True)

    await dm.sends_acked("chat_message", {"message": "Well rolled."})
    assert [frame["event"] for frame in table.history()["results"]] == [
        "fairness_commit",
        "dice_roll",
        "dice_roll",
        "roll_revealed",
        "chat_message",
    ]


# Liars -------------------------------------------------------------------------------------------


async def test_what_one_may_not_reveal_looks_like_nothing(rooms: Rooms, table: Table) -> None:
    dm, alice, bob = await table.sit_all()
    said = await alice.sends_acked("chat_message", {"message": "Nothing to see here."})
    own = await alice.sends_acked("dice_roll", {"formula": "2d6", "visibility": "self"})
    for_dm = await alice.sends_acked("dice_roll", {"formula": "2d6", "visibility": "dm"})
    unknown = await bob.refused("roll_reveal", {"seq": 999}, "r")
    assert unknown["code"] == "not_found"

    for liar, seq in ((dm, own), (bob, own), (bob, for_dm), (bob, said), (dm, said)):
        assert await liar.refused("roll_reveal", {"seq": seq["seq"]}, "r") == unknown
    async with rooms.take() as other:  # a DM elsewhere
        stranger = await other.sit("dm")
        assert await stranger.refused("roll_reveal", {"seq": for_dm["seq"]}, "r") == unknown

    assert "roll_revealed" not in json.dumps(table.history())


async def test_who_rolled_blind_or_only_watches_cannot_reveal(demo: Table) -> None:
    seated = await seat_all(demo)
    blind = await seated["alice"].sends_acked("dice_roll", {"formula": "2d6", "visibility": "blind"})

    for name in ("alice", "carol"):
        assert (await seated[name].refused("roll_reveal", {"seq": blind["seq"]}))["code"] == "forbidden"


def give_characters(table: Table, *owned: tuple[str, int]) -> list[int]:
    """A character for each owner, in the campaign of each session."""
    owners = [(table.user_id(name), session) for name, session in owned]
    made = table.server.shell(
        "from game.campaign.models import Character\n"
        "from game.engine.models import Session\n"
        f"for owner, session in {owners}:\n"
        "    campaign = Session.objects.get(pk=session).campaign\n"
        "    print(Character.objects.create(campaign=campaign, owner_id=owner, name='Wren').pk)"
    )
    return [int(number) for number in made.split()]


async def test_a_roll_is_of_a_character_of_ones_own(rooms: Rooms, table: Table) -> None:
    here, other = table.session, rooms.take().session
    wren, bobs, elsewhere = give_characters(table, ("alice", here), ("bob", here), ("alice", other))
    alice = await table.sit("alice")

    await alice.sends_acked("dice_roll", {"formula": "1d20", "character_id": wren})
    assert (await alice.expect("dice_roll"))["roll"]["character"] == {"id": wren, "name": "Wren"}
    unknown = await alice.refused("dice_roll", {"formula": "1d20", "character_id": 2**62}, "c")
    assert unknown["code"] == "not_found"
    for not_own in (bobs, elsewhere):
        assert await alice.refused("dice_roll", {"formula": "1d20", "character_id": not_own}, "c") == unknown

    seated = await table.sit("alice", character_id=wren)
    await seated.sends_acked("dice_roll", {"formula": "1d20"})
    assert (await seated.expect("dice_roll"))["roll"]["character"]["name"] == "Wren"


BAD: list[dict[str, Any]] = [
    {"visibility": "gm"},
    {"visibility": ""},
    {"visibility": None},
    {"visibility": ["self"]},
    {"reason": "x" * 201},
    {"reason": None},
    {"character_id": 0},
    {"character_id": "1"},
    {"character_id": 2**63},
    {"visibility": "blind", "result": 7, "rolls": [7]},
]


async def test_what_is_no_visibility_reason_or_character_is_refused(table: Table, subtests: pytest.Subtests) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")

    for bad in BAD:
        with subtests.test(str(bad)):
            assert (await alice.refused("dice_roll", {"formula": "1d20", **bad}))["code"] in {"invalid", "malformed"}
    for seq in (0, -1, "1", None, 1.5, 2**63):
        with subtests.test(f"seq {seq}"):
            assert (await alice.refused("roll_reveal", {"seq": seq}))["code"] in {"invalid", "malformed"}

    await dm.fence()
    assert table.history()["results"] == []
