"""A change of rights reaches the sockets that are in the room, and the next command of a user who does not know yet."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from accounts.revocation import sign_out_everywhere
from game.campaign import membership
from game.campaign.models import Membership
from game.engine import seats
from game.engine.commands import Outcome
from game.engine.models import Connection, Session
from game.engine.readers import read
from game.errors import Conflict, Forbidden
from game.protocol.close_codes import Close, SocketClosed
from game.roles import Role
from game.sessions import ending
from tests.engine.table import Guest, Table, give_character


async def member(table: Table, name: str) -> Membership:
    return await read(lambda: Membership.objects.get(user=table.users[name], campaign=table.session.campaign))


async def as_dm(table: Table, act: Callable[..., Any], name: str, *more: Any) -> None:
    await read(act, table.users["dm"], table.session.campaign_id, (await member(table, name)).pk, *more)


async def test_a_changed_role_holds_for_the_next_command_and_is_seen(table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")

    await as_dm(table, membership.change_role, "alice", Role.DM)
    said = await alice.said("dm_narration", narration="The lamp goes out.")
    await alice.until(lambda: alice.socket.seat.role is Role.DM, "seated anew")
    await dm.until(lambda: len(dm.heard("player_list")) > 1, "told the list")

    assert said.seq == 1
    assert [p["role"] for p in dm.heard("player_list")[-1]["players"]] == ["dm", "dm"]


async def test_a_role_that_was_taken_away_forbids_at_once(no_poll: None, table: Table) -> None:
    alice = await table.sit("alice")
    seat = alice.socket.seat

    await as_dm(table, membership.change_role, "alice", Role.SPECTATOR)
    alice.socket.seat = seat  # as if the word had not reached it
    answer = await alice.says("chat_message", message="x")

    assert isinstance(answer, Forbidden)


@pytest.mark.parametrize("act", [membership.remove_member, membership.ban_member])
async def test_who_is_removed_is_closed_and_the_others_hear_of_it(table: Table, act: Callable[..., Any]) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")

    await as_dm(table, act, "alice")
    closed = await alice.is_closed()
    alice.depart()
    await dm.until(lambda: bool(dm.heard("player_left")), "told that alice left")

    assert closed is Close.REMOVED
    assert dm.closed is None
    assert [player.username for player in await table.players()] == ["dm"]


async def test_who_was_removed_hears_and_says_nothing_more(no_poll: None, table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")
    seat = alice.socket.seat

    await as_dm(table, membership.remove_member, "alice")
    await alice.is_closed()
    alice.socket.seat = seat
    answer = await alice.says("chat_message", message="x")
    await dm.said("chat_message", message="behind her back")

    assert isinstance(answer, SocketClosed)
    assert answer.close is Close.REMOVED
    assert alice.heard("chat_message") == []


async def test_a_new_name_of_a_character_is_seen(table: Table) -> None:
    wren = await read(give_character, table.session, table.users["alice"], "Wren")
    dm, alice = await table.sit("dm"), table.guest("alice", wren.pk)
    await alice.join()

    wren.name = "Wren Ashdown"
    await read(wren.save)
    await dm.until(lambda: len(dm.heard("player_list")) > 1, "told the list")
    await alice.said("chat_message", message="It is me.")
    await dm.hears(1)

    assert dm.heard("player_list")[-1]["players"][1]["character_name"] == "Wren Ashdown"
    assert dm.heard("chat_message")[0]["player"]["character_name"] == "Wren Ashdown"


async def test_a_deleted_character_leaves_its_player_there(table: Table) -> None:
    wren = await read(give_character, table.session, table.users["alice"], "Wren")
    dm, alice = await table.sit("dm"), table.guest("alice", wren.pk)
    await alice.join()

    await read(wren.delete)
    await dm.until(lambda: len(dm.heard("player_list")) > 1, "told the list")

    assert alice.closed is None
    assert dm.heard("player_list")[-1]["players"][1]["character_name"] is None


def deactivate(guest: Guest, table: Table) -> None:
    user = table.users["alice"]
    user.is_active = False
    user.save()


def new_password(guest: Guest, table: Table) -> None:
    user = table.users["alice"]
    user.set_password("another one")
    user.save()


def sign_out(guest: Guest, table: Table) -> None:
    sign_out_everywhere(table.users["alice"])


@pytest.mark.parametrize("end_access", [deactivate, new_password, sign_out])
async def test_whose_access_ends_is_closed(table: Table, end_access: Callable[[Guest, Table], None]) -> None:
    alice, bob = await table.sit("alice"), await table.sit("bob")
    seat = alice.socket.seat

    await read(end_access, alice, table)
    closed = await alice.is_closed()
    alice.socket.seat = seat
    answer = await alice.says("chat_message", message="x")

    assert closed is Close.INVALID_TOKEN
    assert isinstance(answer, SocketClosed)
    assert bob.closed is None


async def test_a_deleted_user_is_closed(table: Table) -> None:
    alice = await table.sit("alice")

    await read(table.users["alice"].delete)

    assert await alice.is_closed() in {Close.INVALID_TOKEN, Close.REMOVED}


async def test_who_is_on_the_way_in_is_not_overlooked(table: Table) -> None:
    await read(table.session.refresh_from_db)
    before = table.session.acl_version

    await as_dm(table, membership.remove_member, "alice")  # nobody has a row in the room yet
    await read(sign_out_everywhere, table.users["bob"])
    await read(table.session.refresh_from_db)

    assert table.session.acl_version == before + 2


async def test_an_ended_session_is_announced_and_takes_no_commands_until_it_is_reopened(table: Table) -> None:
    alice = await table.sit("alice")

    await read(ending.end, table.session.pk)
    await alice.hears(1)
    refused = await alice.says("chat_message", message="x")
    await read(ending.reopen, table.session.pk)
    await alice.hears(2)

    assert isinstance(refused, Conflict)
    assert [data["ended"] for data in alice.heard("session_status")] == [True, False]
    assert isinstance(await alice.says("chat_message", message="x"), Outcome)


async def test_ending_twice_is_told_once(table: Table) -> None:
    for _ in range(2):
        await read(ending.end, table.session.pk)

    assert [entry.event for entry in await table.log()] == ["session_status"]


async def test_a_refresh_that_failed_is_made_up_for(
    quick_poll: None, table: Table, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    alice = await table.sit("alice")
    reseat, failures = seats.reseat, [OperationalError("away"), OperationalError("still away")]

    def failing(*args: Any) -> Any:
        if failures:
            raise failures.pop()
        return reseat(*args)

    monkeypatch.setattr("game.engine.rooms.hub.reseat", failing)
    await as_dm(table, membership.remove_member, "alice")

    assert await alice.is_closed() is Close.REMOVED


async def test_a_second_session_of_the_campaign_is_another_room(table: Table) -> None:
    other = await read(lambda: Session.objects.create(campaign=table.session.campaign, title="The second lamp"))
    here, there = await table.sit("alice"), Guest(table.engine, other.pk, table.users["alice"])
    await there.join()

    await here.said("chat_message", message="here")
    await as_dm(table, membership.remove_member, "alice")

    assert await here.is_closed() is Close.REMOVED
    assert await there.is_closed() is Close.REMOVED
    assert there.heard("chat_message") == []
    there.depart()
    assert await read(Connection.objects.filter(session=other).count) <= 1
