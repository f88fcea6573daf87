"""What users in a room hear about joins and leaves."""

from typing import Any

import pytest

from game.engine.presence.roster import Change
from game.engine.rooms import player_list
from game.protocol import Player
from tests.engine.conftest import StartEngine
from tests.engine.table import Table


async def test_coming_and_going_is_announced_once_a_user(table: Table) -> None:
    alice = await table.sit("alice")

    tab, second = await table.sit("bob"), await table.sit("bob")
    tab.depart()
    second.depart()
    await alice.until(lambda: bool(alice.heard("player_left")), "left")

    assert [data["player"]["username"] for data in alice.heard("player_joined")] == ["bob"]
    assert [data["player"]["username"] for data in alice.heard("player_left")] == ["bob"]


async def test_after_a_lost_announcement_the_whole_list_comes(table: Table) -> None:
    alice = await table.sit("alice")
    room = alice.room
    lists = len(alice.heard("player_list"))

    player = Player(0, "nobody", "nobody", None, None, None, False, "player", "")
    table.engine.hub.announce(table.session.pk, Change(room.presence_version + 2, "player_joined", player))
    await alice.until(lambda: len(alice.heard("player_list")) > lists, "told the list")

    assert [player["username"] for player in alice.heard("player_list")[-1]["players"]] == ["alice"]
    assert alice.heard("player_joined") == []


async def test_a_second_tab_does_not_swallow_what_the_room_has_yet_to_hear(
    table: Table, start_engine: StartEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await start_engine()
    alice = await table.sit("alice")
    late: list[tuple[Any, ...]] = []
    monkeypatch.setattr(player_list, "changed", lambda *news: late.append(news))
    await table.sit("bob", engine=other)
    await table.sit("alice")
    monkeypatch.undo()

    for news in late:
        player_list.changed(*news)
    await alice.until(lambda: bool(alice.heard("player_joined")), "told that bob came")

    assert [data["player"]["username"] for data in alice.heard("player_joined")] == ["bob"]
