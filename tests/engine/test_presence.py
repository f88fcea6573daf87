"""Rows of sockets: none stays behind, whatever becomes of the socket."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from game.campaign.models import Character
from game.engine.joining import JoinStep
from game.engine.log.writer import Batch
from game.engine.models import Connection, ServerLease
from game.engine.presence import keeper, leases
from game.engine.presence.keeper import BeatStep
from game.engine.process import Engine
from game.engine.readers import read
from tests.engine.conftest import StartEngine
from tests.engine.table import Table, give_character, until


@pytest.fixture
def short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has long to come back. Asked for before the engine."""
    monkeypatch.setattr(leases, "GRACE", timedelta(milliseconds=50))


class Beat(BeatStep):
    """A beat that says when it was committed."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine.keeper, [socket.connection_id for socket in engine.hub.sockets()])
        self.answered = asyncio.Event()

    def done(self, result: keeper.Beat, batch: Batch) -> None:
        super().done(result, batch)
        self.answered.set()


async def beat(table: Table) -> None:
    step = Beat(table.engine)
    table.engine.writer.submit(step)
    await step.answered.wait()


async def rows(table: Table) -> list[Connection]:
    return await read(lambda: list(Connection.objects.filter(session=table.session)))


@pytest.mark.parametrize("moment", ["before it is answered", "as it is answered"])
async def test_a_socket_that_vanishes_while_it_joins_leaves_no_row(
    short_grace: None, table: Table, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    bob, alice = await table.sit("bob"), table.guest("alice")
    cancelled = asyncio.Event()
    done = JoinStep.done

    def answered(step: JoinStep, *args: Any) -> None:
        if moment == "before it is answered":
            step.answer.cancel()
        done(step, *args)
        joining.cancel()
        cancelled.set()

    monkeypatch.setattr(JoinStep, "done", answered)
    joining = asyncio.create_task(alice.join())
    await cancelled.wait()
    await asyncio.gather(joining, return_exceptions=True)
    alice.depart()
    await bob.until(lambda: bool(bob.heard("player_left")), "told that alice left")

    assert joining.cancelled()
    assert [row.user_id for row in await rows(table)] == [table.users["bob"].pk]


async def test_who_is_cut_counts_as_present_for_the_grace(short_grace: None, table: Table) -> None:
    bob, alice = await table.sit("bob"), await table.sit("alice")
    assert alice.socket.connection_id is not None

    table.engine.hub.put_out(alice.socket)
    table.engine.keeper.depart(table.session.pk, alice.socket.connection_id, at_once=False)
    alice.socket.connection_id = None
    await bob.until(lambda: bool(bob.heard("player_left")), "told that alice left")

    assert len(await rows(table)) == 1


async def test_who_comes_back_within_the_grace_is_announced_neither_way(table: Table) -> None:
    bob, alice = await table.sit("bob"), await table.sit("alice")
    assert alice.socket.connection_id is not None

    table.engine.keeper.depart(table.session.pk, alice.socket.connection_id, at_once=False)
    alice.socket.connection_id = None
    await table.sit("alice")
    await bob.said("chat_message", message="fence")
    await bob.hears(1)

    assert len(bob.heard("player_joined")) == 1
    assert bob.heard("player_left") == []
    assert len(await rows(table)) == 2


async def test_rows_that_this_process_forgot_are_let_go(
    short_grace: None, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob, alice = await table.sit("bob"), await table.sit("alice")
    table.engine.hub.put_out(alice.socket)  # and the word of it is lost
    alice.socket.connection_id = None
    monkeypatch.setattr(leases, "STRAY", timedelta(0))

    await beat(table)
    await asyncio.sleep(leases.GRACE.total_seconds())
    await beat(table)
    await bob.until(lambda: bool(bob.heard("player_left")), "told that alice left")

    assert [row.user_id for row in await rows(table)] == [table.users["bob"].pk]


async def test_the_people_of_a_dead_process_leave_when_its_lease_is_over(
    table: Table, start_engine: StartEngine
) -> None:
    other = await start_engine()
    bob, alice = await table.sit("bob"), await table.sit("alice", engine=other)
    lease = ServerLease.objects.filter(pk=other.keeper.server_id)

    await read(lambda: lease.update(expires_at=F("expires_at") - timedelta(minutes=1)))
    await beat(table)
    await bob.until(lambda: bool(bob.heard("player_left")), "told that alice left")

    assert len(await rows(table)) == 1
    alice.socket.connection_id = None


async def test_a_process_that_lost_its_lease_starts_over(table: Table) -> None:
    alice = await table.sit("alice")
    before = table.engine.keeper.server_id

    await read(lambda: ServerLease.objects.update(expires_at="2020-01-01T00:00:00Z"))
    await beat(table)
    closed = await alice.is_closed()
    alice.depart()
    await until(lambda: table.engine.keeper.server_id != before, "renamed")

    assert closed.name == "RESTARTING"


async def test_the_room_sees_the_name_and_the_colour_that_a_player_chose(table: Table) -> None:
    user = table.users["alice"]
    await read(lambda: type(user).objects.filter(pk=user.pk).update(display_name="Ines"))
    user.display_name = "Ines"

    def make() -> Character:
        return Character.objects.create(campaign=table.session.campaign, owner=user, name="Aria", colour="#64d1bd")

    aria = await read(make)

    bob, alice = await table.sit("bob"), table.guest("alice", character_id=aria.pk)
    await alice.join()
    await bob.until(lambda: bool(bob.heard("player_joined")), "told that alice came")

    for seen in (alice.heard("room_joined")[-1]["player"], bob.heard("player_joined")[-1]["player"]):
        assert (seen["username"], seen["display_name"]) == ("alice", "Ines")
        assert (seen["character_name"], seen["colour"]) == ("Aria", 4)


async def test_who_closes_the_newer_tab_is_seen_with_the_character_of_the_other(table: Table) -> None:
    aria = await read(lambda: give_character(table.session, table.users["alice"], "Aria"))
    bob, plain = await table.sit("bob"), await table.sit("alice")
    as_aria = table.guest("alice", character_id=aria.pk)
    await as_aria.join()

    def seen() -> Any:
        lists = bob.heard("player_list")
        return next((p["character_name"] for p in lists[-1]["players"] if p["username"] == "alice"), None)

    await bob.until(lambda: seen() == "Aria", "told of Aria")
    as_aria.depart()
    await bob.until(lambda: seen() is None, "told that she is gone")

    assert plain.is_live
    assert not bob.heard("player_left")
