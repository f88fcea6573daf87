"""What is said and not stored: passing events, frames that follow an event, and commands that are not logged."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from msgspec import Meta, Struct

from game.engine.commands import AlreadySo, Play
from game.engine.models import Session
from game.engine.readers import read
from game.engine.rooms import addressed
from game.engine.seats import Seat, Viewer
from game.engine.snapshot import STATES, state
from game.protocol import (
    ANNOUNCEMENTS,
    COMMANDS,
    DMS,
    EVERYBODY,
    NAMES,
    SNAPSHOT,
    Addressed,
    Audience,
    Command,
    Cut,
    Said,
    announcement,
    event,
    passing,
    quiet,
)
from game.roles import Role
from tests.engine.conftest import StartEngine
from tests.engine.table import ROLES, Guest, Table

SECRET = "sesame"
Text = Annotated[str, Meta(max_length=100)]


class Waved(Struct, frozen=True):
    """Somebody waved."""

    user_id: int
    hand: str
    times: int


class Hinted(Struct, frozen=True):
    """Somebody gave the DMs a hint."""

    hint: str


class Signalled(Struct, frozen=True):
    """Somebody signalled to one connection."""

    signal: str


class Marked(Struct, frozen=True):
    """Somebody set a mark that is not logged."""

    marks: int


class Moved(Struct, frozen=True):
    """Something moved; some see more of it."""

    what: str


class MovedSeen(Struct, frozen=True):
    """What players see of it."""

    size: int


class View(Struct, frozen=True):
    """What one viewer sees now; not stored."""

    sight: str


def wave(seat: Seat, hand: Text, times: int = 1) -> Waved:
    """Wave to the others."""
    return Waved(seat.user_id, hand, times)


def hint(seat: Seat, hint: Text) -> Said[Hinted]:
    """Give the DMs a hint."""
    return Said(Hinted(hint), DMS)


def signal(seat: Seat, to: int, signal: Text) -> Addressed[Signalled]:
    """Signal to one connection."""
    return Addressed(Signalled(signal), to)


def mark(play: Play, marks: int) -> Marked:
    """Set the mark, which only rises."""
    session = Session.objects.get(pk=play.session_id)
    if (session.combat or {}).get("marks", 0) >= marks:
        raise AlreadySo
    Session.objects.filter(pk=play.session_id).update(combat={"active": False, "marks": marks})
    return Marked(marks)


def move(play: Play, what: Text) -> Said[Moved]:
    """Move something: DMs see what, players its size, and alice gets a view of it."""
    seen = MovedSeen(len(what))
    alice = Audience(None, (next(user for user, name in players(play).items() if name == "alice"),))
    return Said(Moved(what), DMS, cuts=[Cut(Audience(Role.PLAYER), seen)], personal=[Cut(alice, View(f"of {what}"))])


def players(play: Play) -> dict[int, str]:
    """Usernames by id."""
    return dict(play.campaign().members.values_list("id", "username"))


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    """Events that are there for one test."""
    registries: tuple[dict[Any, Any], ...] = (COMMANDS, ANNOUNCEMENTS, NAMES, STATES, SNAPSHOT)
    before = [dict(registry) for registry in registries]
    passing("wave", newest_of=("hand",))(wave)
    passing("hint", to="room")(hint)
    passing("signal")(signal)
    announcement("marked", to="room")(Marked)
    quiet("mark")(mark)
    announcement("view", to="oneself")(View)
    event("move", cuts=(MovedSeen,))(move)
    yield
    for registry, was in zip(registries, before, strict=True):
        registry.clear()
        registry.update(was)


async def everybody(table: Table) -> dict[str, Guest]:
    return {name: await table.sit(name) for name in ROLES}


async def fence(guests: dict[str, Guest], among: Guest | None = None) -> None:
    """Everybody has heard all that was said so far."""
    seq = (await (among or guests["dm"]).said("chat_message", message="fence")).seq
    for guest in guests.values():
        await guest.hears(seq)


# Passing events ------------------------------------------------------------------------------------


async def test_a_passing_event_reaches_the_others_and_is_not_stored(table: Table) -> None:
    guests = await everybody(table)

    await guests["alice"].passes("wave", hand="left")
    await fence(guests)

    waved = [{"user_id": table.users["alice"].pk, "hand": "left", "times": 1}]
    assert {name: guest.heard("wave") for name, guest in guests.items()} == {
        "dm": waved,
        "alice": [],
        "bob": waved,
        "carol": waved,
    }
    assert guests["alice"].heard("ack") == [{"id": "passed", "duplicate": False}]
    assert [entry.event for entry in await table.log()] == ["chat_message"]


async def test_a_passing_event_crosses_processes(table: Table, start_engine: StartEngine) -> None:
    alice, bob = await table.sit("alice"), await table.sit("bob", engine=await start_engine())

    await alice.passes("wave", hand="left")
    await bob.until(lambda: bool(bob.heard("wave")), "waved to")

    assert bob.heard("wave")[0]["hand"] == "left"


async def test_a_passing_event_is_refused_to_a_role_that_may_not_send_it(table: Table) -> None:
    guests = await everybody(table)

    await guests["carol"].passes("wave", hand="left")
    await fence(guests)

    assert guests["carol"].heard("error")[0]["code"] == "forbidden"
    assert not guests["bob"].heard("wave")


async def test_a_passing_event_with_an_audience_reaches_nobody_else(table: Table, start_engine: StartEngine) -> None:
    guests = await everybody(table)
    guests["far"] = await table.sit("bob", engine=await start_engine())

    await guests["alice"].passes("hint", hint=SECRET)
    await guests["dm"].until(lambda: bool(guests["dm"].heard("hint")), "given the hint")
    await fence(guests)

    for name, guest in guests.items():
        assert (SECRET in json.dumps(guest.frames)) == (name == "dm"), name


async def test_of_what_coalesces_the_newest_comes_last_and_not_all_come(table: Table) -> None:
    alice, bob = await table.sit("alice"), await table.sit("bob")

    for times in range(1, 51):
        await alice.passes("wave", id=None, hand="left", times=times)
        await alice.passes("wave", id=None, hand="right", times=-times)
    await bob.until(lambda: {50, -50} <= {data["times"] for data in bob.heard("wave")}, "told the newest of each")

    left = [data["times"] for data in bob.heard("wave") if data["hand"] == "left"]
    assert left == sorted(left)
    assert left[0] == 1
    assert len(left) < 50


async def test_a_reader_that_is_behind_gets_the_newest_once_it_has_caught_up(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("game.engine.rooms.passing.INTERVAL", 0)
    alice, bob = await table.sit("alice"), await table.sit("bob")
    carol = await table.sit("carol")
    bob.paper.behind = 100_000
    bob.paper.ready.clear()

    for times in range(1, 6):
        await alice.passes("wave", id=None, hand="left", times=times)
        await carol.until(lambda: any(data["times"] == times for data in carol.heard("wave")), "waved to")  # noqa: B023
    before = bob.heard("wave")
    bob.paper.behind = 0
    bob.paper.ready.set()
    await bob.until(lambda: bool(bob.heard("wave")), "waved to")

    assert before == []
    assert [data["times"] for data in bob.heard("wave")] == [5]


async def test_a_passing_event_is_not_for_those_who_have_left_the_room(table: Table) -> None:
    alice, bob = await table.sit("alice"), await table.sit("bob")
    await bob.passes("leave_room")

    await bob.passes("wave", hand="left")
    await alice.passes("wave", hand="left")
    await alice.said("chat_message", message="fence")

    assert bob.heard("error")[0]["code"] == "not_joined"
    assert not bob.heard("wave")
    assert not alice.heard("wave")


# To one connection ---------------------------------------------------------------------------------


@pytest.mark.parametrize("far", [False, True], ids=["here", "on another process"])
async def test_a_signal_reaches_one_connection_in_order(table: Table, start_engine: StartEngine, far: bool) -> None:
    guests = await everybody(table)
    other = await table.sit("bob", engine=await start_engine() if far else None)

    for number in range(20):
        await guests["alice"].passes("signal", to=other.socket.connection_id, signal=f"{SECRET} {number}")
    await fence(guests)

    assert [data["signal"] for data in other.heard("signal")] == [f"{SECRET} {number}" for number in range(20)]
    assert len(guests["alice"].heard("ack")) == 20
    for guest in guests.values():  # bob's other connection, too
        assert SECRET not in json.dumps(guest.frames)


async def test_a_signal_to_nobody_is_not_found(table: Table) -> None:
    alice = await table.sit("alice")

    await alice.passes("signal", to=2**40, signal="hello")

    assert alice.heard("error")[0]["code"] == "not_found"


async def test_a_signal_to_another_session_is_not_found(table: Table) -> None:
    alice, stranger = await table.sit("alice"), await table.sit("bob")
    session = await read(lambda: Session.objects.create(campaign=table.session.campaign, title="Elsewhere"))
    elsewhere = Guest(table.engine, session.pk, table.users["dm"])
    table.guests.append(elsewhere)
    await elsewhere.join()

    await alice.passes("signal", to=elsewhere.socket.connection_id, signal="hello")

    assert alice.heard("error")[0]["code"] == "not_found"
    assert not elsewhere.heard("signal")
    assert not stranger.heard("signal")


async def test_a_signal_to_a_reader_that_is_behind_is_answered_busy(table: Table) -> None:
    alice, bob = await table.sit("alice"), await table.sit("bob")
    bob.paper.behind = 100_000

    await alice.passes("signal", to=bob.socket.connection_id, signal="hello")

    assert alice.heard("error")[0]["code"] == "busy"
    assert not bob.heard("signal")


async def test_a_signal_whose_process_does_not_answer_is_busy(
    table: Table, start_engine: StartEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addressed, "PATIENCE", 0.05)
    other = await start_engine()
    alice, bob = await table.sit("alice"), await table.sit("bob", engine=other)
    monkeypatch.setattr(other.hub, "_heard", {**other.hub._heard, "room.addressed": lambda room, message: None})

    await alice.passes("signal", to=bob.socket.connection_id, signal="hello")

    assert alice.heard("error")[0]["code"] == "busy"


# Quiet commands ------------------------------------------------------------------------------------


async def test_a_quiet_command_writes_says_and_logs_nothing(table: Table) -> None:
    guests = await everybody(table)

    await guests["alice"].passes("mark", marks=3)
    await guests["bob"].until(lambda: bool(guests["bob"].heard("marked")), "told")
    await guests["alice"].passes("mark", id="again", marks=3)
    await fence(guests)

    assert guests["bob"].heard("marked") == [{"marks": 3}]
    assert guests["alice"].heard("ack") == [{"id": "passed", "duplicate": False}, {"id": "again", "duplicate": True}]
    assert [entry.event for entry in await table.log()] == ["chat_message"]


# Cuts, and frames that follow an event -------------------------------------------------------------


async def test_each_viewer_gets_their_cut_on_every_way(table: Table, start_engine: StartEngine) -> None:
    guests = await everybody(table)
    guests["far"] = await table.sit("bob", engine=await start_engine())

    seq = (await guests["dm"].said("move", what=SECRET)).seq
    await fence(guests)
    ways = {name: [guest] for name, guest in guests.items()}
    for name in ROLES:
        back, fresh = table.guest(name), table.guest(name)
        await back.join(since=0)
        await back.hears(seq + 1)
        ways[name].append(back)
        snapshot = (await fresh.join())["snapshot"]
        fresh.paper.frames = snapshot["events"]
        ways[name].append(fresh)

    expected = {"dm": {"what": SECRET}, "alice": {"size": 6}, "bob": {"size": 6}, "far": {"size": 6}, "carol": None}
    for name, seen in ways.items():
        for guest in seen:
            assert guest.heard("move") == ([] if expected[name] is None else [expected[name]]), name
            if name != "dm" and name != "alice":
                assert SECRET not in json.dumps(guest.frames), name


async def test_a_frame_that_follows_an_event_comes_right_behind_it_to_its_viewer_alone(
    table: Table, start_engine: StartEngine
) -> None:
    guests = await everybody(table)
    guests["far"] = await table.sit("alice", engine=await start_engine())

    seq = (await guests["dm"].said("move", what="a chair")).seq
    await fence(guests)

    for name in ("alice", "far"):
        place = next(n for n, frame in enumerate(guests[name].frames) if frame.get("seq") == seq)
        assert guests[name].frames[place + 1] == {"event": "view", "data": {"sight": "of a chair"}}
    for name in ("dm", "bob", "carol"):
        assert not guests[name].heard("view")
    assert [entry.event for entry in await table.log()] == ["move", "chat_message"]


async def test_a_frame_that_follows_an_event_is_not_repeated_on_resume(table: Table) -> None:
    dm = await table.sit("dm")
    seq = (await dm.said("move", what="a chair")).seq

    alice = table.guest("alice")
    await alice.join(since=0)
    await alice.hears(seq)

    assert not alice.heard("view")


# States --------------------------------------------------------------------------------------------


async def test_a_state_is_read_once_for_all_who_come_together_and_shown_to_each(table: Table) -> None:
    times = []

    @state("census")
    def census(row: Any) -> dict[str, str]:
        times.append(row.id)
        return {"open": "yes", "secret": SECRET}

    @census.shown
    def of(stored: dict[str, str], viewer: Viewer) -> dict[str, str]:
        return stored if viewer.role is Role.DM else {"open": stored["open"]}

    guests = {name: table.guest(name) for name in ROLES}
    joined = dict(zip(guests, await asyncio.gather(*(guest.join() for guest in guests.values())), strict=True))

    assert len(times) < len(ROLES)
    for name, told in joined.items():
        assert told["snapshot"]["census"]["open"] == "yes"
        assert (SECRET in json.dumps(told)) == (name == "dm")


async def test_a_private_event_without_an_audience_is_a_bug_and_says_nothing(table: Table) -> None:
    guests = await everybody(table)
    forgetful = _fields(COMMANDS["move"]) | {"handler": lambda play, what: Moved(what)}
    COMMANDS["move"] = Command(**forgetful)

    answer = await guests["dm"].says("move", what=SECRET)
    await fence(guests)

    assert isinstance(answer, AssertionError)
    assert all(SECRET not in json.dumps(guest.frames) for guest in guests.values())


def _fields(command: Any) -> dict[str, Any]:
    return {name: getattr(command, name) for name in command.__dataclass_fields__ if name != "decode"}


def test_everybody_is_an_audience_that_has_to_be_named() -> None:
    with pytest.raises(TypeError):
        Said(Moved("a chair"))  # type: ignore[call-arg]
    assert Said(Moved("a chair"), EVERYBODY).cuts == ()
