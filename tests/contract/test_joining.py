"""What a client hears on joining, and how it comes back without missing or doubling anything."""

import asyncio
from typing import Any

import pytest

from tests.support.client import Client
from tests.support.shapes import is_player, is_timestamp
from tests.support.table import Table


async def talk(client: Client, number: int) -> None:
    """So many lines, numbered from 1."""
    for line in range(1, number + 1):
        await client.sends_acked("chat_message", {"message": f"line {line}"})


async def joined_with(table: Table, name: str, **query: Any) -> dict[str, Any]:
    """The `room_joined` that these parameters get."""
    client = await table.connect(table.tokens[name], **query)
    return await client.expect("room_joined")


async def test_joining_an_empty_room(table: Table) -> None:
    alice = await table.connect(table.tokens["alice"])

    joined, players = await alice.expect("room_joined"), await alice.expect("player_list")

    assert [frame["event"] for frame in alice.frames] == ["room_joined", "player_list"]
    assert joined["session_id"] == table.session
    assert type(joined["campaign_id"]) is int
    assert is_player(joined["player"])
    assert joined["player"]["role"] == "player"
    assert joined["player"]["character_id"] is None
    assert joined["players"] == [joined["player"]] == players["players"]
    assert is_timestamp(joined["created_at"])
    assert joined["seq"] == 0
    assert isinstance(joined["epoch"], str)
    assert joined["epoch"]
    assert joined["resumed"] is False
    assert joined["snapshot"].items() >= {"events": [], "turn": None, "combat": None}.items()


async def test_everybody_is_listed_once_with_their_role(table: Table) -> None:
    await table.sit("dm")
    await table.sit("alice")
    await table.sit("alice")
    bob = await table.connect(table.tokens["bob"])

    joined, listed = await bob.expect("room_joined"), await bob.expect("player_list")

    assert joined["players"] == listed["players"]
    assert sorted(player["user_id"] for player in listed["players"]) == sorted(map(table.user_id, table.tokens))
    assert all(map(is_player, listed["players"]))
    assert [player["role"] for player in listed["players"] if player["is_dm"]] == ["dm"]


async def test_the_snapshot_holds_the_last_50(table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")
    await asyncio.gather(talk(dm, 27), talk(alice, 27))

    joined = await joined_with(table, "bob")

    assert joined["seq"] == 54
    assert [frame["seq"] for frame in joined["snapshot"]["events"]] == list(range(5, 55))
    assert joined["snapshot"]["events"] == dm.heard("chat_message")[4:]


# Coming back -----------------------------------------------------------------------------------


async def test_who_comes_back_hears_what_was_missed_then_what_is_new(table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")
    epoch = alice.heard("room_joined")[0]["data"]["epoch"]
    await talk(dm, 2)
    await alice.expect("chat_message", message="line 2")
    await alice.cut()
    await talk(dm, 3)

    back = await table.connect(table.tokens["alice"], since=2, epoch=epoch)
    joined = await back.expect("room_joined")
    await dm.sends_acked("dm_narration", {"narration": "She is back."})
    await back.expect("dm_narration")

    assert (joined["resumed"], joined["missed"], joined["snapshot"]) == (True, 3, None)
    assert joined["seq"] == 5
    assert joined["epoch"] == epoch
    assert [frame["event"] for frame in back.frames[:2]] == ["room_joined", "player_list"]
    assert [frame["seq"] for frame in back.frames if "seq" in frame] == [3, 4, 5, 6]


async def test_who_missed_nothing_resumes_too(table: Table) -> None:
    dm = await table.sit("dm")
    await talk(dm, 2)

    joined = await joined_with(table, "alice", since=2)

    assert (joined["resumed"], joined["missed"], joined["snapshot"], joined["seq"]) == (True, 0, None, 2)


async def test_without_an_epoch_it_is_not_checked(table: Table) -> None:
    dm = await table.sit("dm")
    await talk(dm, 2)

    assert (await joined_with(table, "alice", since=0))["resumed"] is True


WITHOUT_RESUMING: list[dict[str, Any]] = [
    {},
    {"epoch": "another"},
    {"since": 1, "epoch": "another"},
    {"since": 3},  # beyond the end
    *({"since": since} for since in ("", "-1", "x", "1.5", "1e3", "null", "9" * 5000, 2**63, 2**64)),
]


async def test_a_since_that_does_not_fit_gets_a_snapshot(table: Table, subtests: pytest.Subtests) -> None:
    dm = await table.sit("dm")
    await talk(dm, 2)

    for query in WITHOUT_RESUMING:
        with subtests.test(str(query)[:40]):
            joined = await joined_with(table, "alice", **query)
            assert joined["resumed"] is False
            assert joined["snapshot"]["events"] == dm.heard("chat_message")
            assert joined["seq"] == 2


async def test_a_purged_log_has_another_epoch(table: Table) -> None:
    dm = await table.sit("dm")
    await talk(dm, 2)
    before = dm.heard("room_joined")[0]["data"]["epoch"]
    table.server.shell(
        "from game.engine.models import Session, new_epoch;"
        f"Session.objects.filter(pk={table.session}).update(epoch=new_epoch())"
    )

    joined = await joined_with(table, "alice", since=1, epoch=before)

    assert joined["resumed"] is False
    assert joined["epoch"] != before


async def test_joining_amid_talk_misses_and_doubles_nothing(table: Table) -> None:
    dm = await table.sit("dm")

    since = 0
    for _ in range(8):
        amid = asyncio.create_task(talk(dm, 3))
        alice = await table.connect(table.tokens["alice"], since=since)
        await alice.expect("player_list")
        await amid
        await alice.expect("chat_message", message="line 3")
        assert alice.seq is not None
        since = alice.seq  # the client itself checks that nothing is missing or double
        await alice.cut()
    assert since == 24


# Characters -------------------------------------------------------------------------------------


def create_character(table: Table, owner: str, name: str) -> int:
    """A character's id."""
    return int(
        table.server.shell(
            "from game.campaign.models import Character; from game.engine.models import Session;"
            f"campaign = Session.objects.get(pk={table.session}).campaign;"
            f"print(Character.objects.create(campaign=campaign, owner_id={table.user_id(owner)}, name='{name}').pk)"
        )
    )


async def test_one_plays_the_character_of_the_socket_joined_last(table: Table) -> None:
    character = create_character(table, "alice", "Thorin")
    dm = await table.sit("dm")

    plain = await table.sit("alice")
    alice = await table.connect(table.tokens["alice"], character_id=character)
    joined = await alice.expect("room_joined")

    assert joined["player"]["character_id"] == character
    assert joined["player"]["character_name"] == "Thorin"
    assert is_player(joined["player"])
    bob = await joined_with(table, "bob")
    assert [p["character_name"] for p in bob["players"] if p["user_id"] == table.user_id("alice")] == ["Thorin"]
    await alice.sends_acked("chat_message", {"message": "I am Thorin."})
    assert (await dm.expect("chat_message"))["player"]["character_name"] == "Thorin"
    await plain.fence()


async def test_a_character_of_anothers_is_not_found(table: Table, subtests: pytest.Subtests) -> None:
    foreign = create_character(table, "bob", "Balin")

    for character in (foreign, 999_999_999, -1, 2**64, "x", "9" * 5000):
        with subtests.test(str(character)[:20]):
            alice = await table.connect(table.tokens["alice"], character_id=character)
            joined = await alice.expect("room_joined")
            error = await alice.expect("error")

            assert joined["player"]["character_id"] is None
            assert error["code"] == "not_found"
            assert alice.frames[0]["event"] == "room_joined"
            await alice.sends_acked("chat_message", {"message": "As myself, then."})
            await alice.close()
