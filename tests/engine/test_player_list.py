"""What users in a room hear about joins and leaves."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from game.engine.presence import leases
from game.engine.presence.roster import Change
from game.engine.readers import read
from game.engine.rooms import player_list
from game.protocol import Player
from tests.engine.conftest import StartEngine
from tests.engine.table import Guest, Table


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


def cut(guest: Guest) -> None:
    """Its line breaks: no goodbye, and it may come back within the grace."""
    assert guest.socket.connection_id is not None
    guest.engine.hub.put_out(guest.socket)
    guest.engine.keeper.depart(guest.socket.session_id, guest.socket.connection_id, at_once=False)
    guest.socket.connection_id = None


async def hear_states(number: int, *guests: Guest) -> None:
    """Return once each of them was told so often how somebody's line is."""
    for guest in guests:
        await guest.until(partial(_has_heard, guest, number), "told")


def _has_heard(guest: Guest, number: int) -> bool:
    return len(guest.heard("player_state")) == number


async def test_a_cut_line_is_told_to_the_others_on_every_process_until_it_is_back(
    table: Table, start_engine: StartEngine
) -> None:
    other = await start_engine()
    alice, bob, dm = await table.sit("alice"), await table.sit("bob"), await table.sit("dm", engine=other)
    bob_id = table.users["bob"].pk

    cut(bob)
    await hear_states(1, alice, dm)
    again = table.guest("bob")
    joined = await again.join()
    await hear_states(2, alice, dm)

    states = [{"user_id": bob_id, "state": state} for state in ("reconnecting", "here")]
    assert alice.heard("player_state") == dm.heard("player_state") == states
    assert bob.heard("player_state") == again.heard("player_state") == []
    assert joined["reconnecting"] == []
    assert [len(alice.heard("player_joined")), len(alice.heard("player_left"))] == [2, 0]


async def test_who_joins_meanwhile_is_told_who_is_reconnecting(table: Table) -> None:
    bob, alice = await table.sit("bob"), await table.sit("alice")
    cut(bob)
    await alice.until(lambda: bool(alice.heard("player_state")), "told that bob was cut")

    carol = table.guest("carol")
    joined = await carol.join()

    assert joined["reconnecting"] == carol.heard("player_list")[-1]["reconnecting"] == [table.users["bob"].pk]
    assert [player["username"] for player in joined["players"]] == ["bob", "alice", "carol"]


async def test_who_has_another_tab_is_not_reconnecting(table: Table) -> None:
    alice, tab, second = await table.sit("alice"), await table.sit("bob"), await table.sit("bob")

    cut(tab)
    second.depart()
    await alice.until(lambda: bool(alice.heard("player_left")), "told that bob left")

    assert alice.heard("player_state") == []


async def test_with_the_end_of_the_grace_the_room_forgets_that_somebody_was_reconnecting(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "GRACE", timedelta(milliseconds=50))
    alice, bob = await table.sit("alice"), await table.sit("bob")

    cut(bob)
    await alice.until(lambda: bool(alice.heard("player_left")), "told that bob left")

    assert [data["state"] for data in alice.heard("player_state")] == ["reconnecting"]
    assert alice.room.reconnecting == set()


async def test_the_sweep_finds_a_cut_of_which_the_word_was_lost(
    quick_poll: None, table: Table, start_engine: StartEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = await start_engine()
    alice, bob = await table.sit("alice"), await table.sit("bob", engine=other)
    await alice.until(lambda: bool(alice.heard("player_joined")), "told that bob came")
    lists = len(alice.heard("player_list"))

    monkeypatch.setattr(other.hub, "announce", lambda session_id, change: None)
    cut(bob)
    await alice.until(lambda: len(alice.heard("player_list")) > lists, "told the list")

    assert alice.heard("player_list")[-1]["reconnecting"] == [table.users["bob"].pk]


async def test_whom_a_dead_process_left_is_reconnecting_where_the_others_are(
    quick_poll: None, table: Table, start_engine: StartEngine
) -> None:
    other = await start_engine()
    alice, bob = await table.sit("alice"), await table.sit("bob", engine=other)
    await alice.until(lambda: bool(alice.heard("player_joined")), "told that bob came")
    server_id, dead = table.engine.keeper.server_id, other.keeper.server_id

    await read(lambda: leases.adopt(server_id, [dead], timezone.now()))
    bob.socket.connection_id = None
    await alice.until(lambda: bool(alice.heard("player_list")[-1]["reconnecting"]), "told that bob was cut")

    assert alice.heard("player_list")[-1]["reconnecting"] == [table.users["bob"].pk]
