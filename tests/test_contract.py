"""What holds for every event there is, asked of the registry.

A new event fails here until its subject has an example of it (tests/examples.py) and its reference is generated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from operator import itemgetter
from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta, Struct, inspect
from rest_framework.test import APIClient

from accounts.models import User
from accounts.tokens import access_token
from game.engine.commands import Outcome, Play
from game.engine.readers import read
from game.engine.rooms import room
from game.engine.snapshot import RECENT
from game.errors import Forbidden
from game.protocol import ANNOUNCEMENTS, COMMANDS, DMS, NAMES, Audience, Command, Said, decode, event
from game.roles import Role
from tests.engine.conftest import *  # noqa: F403  (its fixtures)
from tests.engine.table import ROLES, Frame, Table
from tests.examples import COMES_ABOUT, EXAMPLES, ONCE, example

STORED = [command for command in COMMANDS.values() if command.kind == "event"]
every_command = pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
every_stored_command = pytest.mark.parametrize("command", STORED, ids=[command.name for command in STORED])
every_announcement = pytest.mark.parametrize("said", ANNOUNCEMENTS.values(), ids=ANNOUNCEMENTS.keys())


def text(command: Command, **data: Any) -> str:
    return json.dumps({"event": command.name, "data": data}, ensure_ascii=False)


def test_every_command_has_an_example_with_all_its_fields() -> None:
    assert {name: set(data) for name, data in EXAMPLES.items()} == {
        name: {field.name for field in inspect.type_info(command.data).fields}  # type: ignore[attr-defined]
        for name, command in COMMANDS.items()
    }


@every_command
def test_its_example_is_understood(command: Command) -> None:
    assert decode(text(command, **EXAMPLES[command.name])).command is command


# Who may -------------------------------------------------------------------------------------------


@every_stored_command
@pytest.mark.parametrize("name", ROLES)
async def test_only_those_who_may_are_heard(table: Table, command: Command, name: str) -> None:
    guest = await table.sit(name)
    may = ROLES[name].rank >= command.who.rank
    data = await example(guest, command.name) if may else EXAMPLES[command.name]
    before = len(await table.log())

    answer = await guest.says(command.name, **data)

    if may:
        assert answer == Outcome(before + 1, duplicate=False)
        return
    assert isinstance(answer, Forbidden)
    assert answer.message == command.refusal
    assert await table.log() == []


@every_command
def test_what_is_answered_personally_is_for_any_member(command: Command) -> None:
    assert command.kind != "direct" or command.who is Role.SPECTATOR


# Nothing of another audience -----------------------------------------------------------------------

SECRET = "sesame"


class SecretNote(Struct, frozen=True):
    """A note for the DM."""

    note: str


def pass_note(play: Play, note: Annotated[str, Meta(max_length=100)]) -> Said[SecretNote]:
    """Pass a note to the DM."""
    return Said(SecretNote(note), DMS)


@pytest.fixture
def secret_note() -> Iterator[str]:
    """An event that only the DM sees; it is there for one test."""
    event("secret_note")(pass_note)
    yield "secret_note"
    del COMMANDS["secret_note"], ANNOUNCEMENTS["secret_note"], NAMES[SecretNote]


def history(session_id: int, user: User) -> Any:
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token(user)}")
    response = api.get(f"/api/sessions/{session_id}/events/?limit=1000")
    assert response.status_code == 200
    return response.json()


@pytest.mark.parametrize("ring", [1, 256], ids=["from the log", "from the ring"])
async def test_nothing_leaks_to_who_may_not_see_it(
    table: Table, secret_note: str, monkeypatch: pytest.MonkeyPatch, ring: int
) -> None:
    monkeypatch.setattr(room, "RING", ring)
    live = {name: await table.sit(name) for name in ROLES}
    await live["alice"].said("chat_message", message="in the open")

    await live["alice"].said(secret_note, note=SECRET)
    await table.write_unheard(SECRET, audience=Audience(None, (table.users["dm"].pk,)))  # found by the sweep
    await live["dm"].said("chat_message", message="in the open too")
    for guest in live.values():
        await guest.hears(4)
    back = {name: table.guest(name) for name in ROLES}
    fresh = {name: table.guest(name) for name in ROLES}
    for name in ROLES:
        await back[name].join(since=0)
        await fresh[name].join()
        await back[name].hears(4)

    for name in ROLES:
        seen = json.dumps([live[name].frames, back[name].frames, fresh[name].frames])
        stored = json.dumps(await read(history, table.session.pk, table.users[name]))
        events = [frame["event"] for frame in back[name].frames if "seq" in frame]
        assert (SECRET in seen, SECRET in stored) == (name == "dm", name == "dm"), name
        assert live[name].seqs == back[name].seqs == [1, 2, 3, 4]
        if name != "dm":
            assert events == ["chat_message", "skip", "skip", "chat_message"]
            assert "secret_note" not in seen + stored


# Snapshot and events -------------------------------------------------------------------------------


def apply(snapshot: dict[str, Any], frame: Frame) -> dict[str, Any]:
    """The snapshot after the event: what the browser's state does too."""
    if frame["event"] == "skip":
        return snapshot
    now = {**snapshot, "events": [*snapshot["events"], frame][-RECENT:]}
    if change := frame["data"].get("fairness"):
        now["fairness"] = changed(snapshot["fairness"], change, frame["seq"])
    match frame["event"]:
        case "seed_set" if now["fairness"]:
            user_id = frame["data"]["player"]["user_id"]
            given = {"user_id": user_id, "seed": frame["data"]["seed"], "seq": frame["seq"]}
            seeds = [seed for seed in now["fairness"]["seeds"] if seed["user_id"] != user_id]
            now["fairness"] = now["fairness"] | {"seeds": sorted([*seeds, given], key=itemgetter("user_id"))}
        case "roll_revealed":
            revealed = frame["data"]
            roll = {"player": revealed["roller"], "roll": revealed["roll"], "timestamp": revealed["rolled_at"]}
            others = [event for event in now["events"] if event["seq"] != revealed["seq"]]
            events = [*others, {"event": "dice_roll", "data": roll, "seq": revealed["seq"]}]
            now["events"] = sorted(events, key=lambda event: event["seq"])[-RECENT:]
        case "draw_revealed":
            revealed = frame["data"]
            draw = {"player": revealed["roller"], "draw": revealed["draw"], "timestamp": revealed["rolled_at"]}
            others = [event for event in now["events"] if event["seq"] != revealed["seq"]]
            events = [*others, {"event": "table_draw", "data": draw, "seq": revealed["seq"]}]
            now["events"] = sorted(events, key=lambda event: event["seq"])[-RECENT:]
        case "turn_change":
            now["turn"] = frame["data"]["turn"]
        case "combat_update":
            now["combat"] = frame["data"]["combat"]
        case "dm_narration":
            now["narration"] = frame
        case "session_status":
            now["ended"] = frame["data"]["ended"]
    return now


def changed(before: dict[str, Any] | None, change: dict[str, Any], seq: int) -> dict[str, Any]:
    """The seeds after a change: what is left of those before, and what is new."""
    old = before or {"commitments": [], "seeds": []}
    commitments = [*old["commitments"], *({**new, "seq": seq} for new in change["commitments"])]
    commitments = [one for one in commitments if one["rotation"] >= change["rotation"]]
    return {
        "rotation": change["rotation"],
        "commitments": commitments,
        "seeds": [seed for seed in old["seeds"] if seed["seq"] > commitments[0]["seq"]],
    }


async def a_fresh_snapshot(table: Table, name: str) -> dict[str, Any]:
    snapshot: dict[str, Any] = (await table.guest(name).join())["snapshot"]
    return snapshot


async def carry_out(table: Table, name: str) -> None:
    """The event of this name, however it comes about."""
    dm = table.guests[0]
    if name in COMES_ABOUT:
        await COMES_ABOUT[name](dm)
        return
    command = next(command for command in STORED if name in command.says)
    await dm.said(command.name, **await example(dm, command.name))


@pytest.mark.parametrize("name", [said.name for said in ANNOUNCEMENTS.values() if said.stored])
@pytest.mark.parametrize("before", [0, RECENT])
async def test_a_snapshot_and_the_events_since_make_the_next_snapshot(table: Table, name: str, before: int) -> None:
    await table.sit("dm")
    await table.write_unheard(*map(str, range(before)))
    watcher = table.guest("carol")
    snapshot = (await watcher.join())["snapshot"]

    await carry_out(table, name)
    await watcher.until(lambda: bool(watcher.heard(name)), f"heard {name}")

    for frame in watcher.frames:
        if "seq" in frame:
            snapshot = apply(snapshot, frame)
    assert snapshot == await a_fresh_snapshot(table, "carol")


async def test_the_events_of_a_whole_evening_make_the_last_snapshot(table: Table) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")
    snapshot = await a_fresh_snapshot(table, "alice")

    for hour in range(12):
        for command in STORED:
            if not (hour and command.name in ONCE):
                await dm.said(command.name, **await example(dm, command.name))
    await alice.hears((await table.log())[-1].seq)
    for frame in alice.frames:
        if "seq" in frame:
            snapshot = apply(snapshot, frame)

    assert snapshot == await a_fresh_snapshot(table, "alice")
    assert msgspec.json.encode(snapshot["turn"]) == msgspec.json.encode(EXAMPLES["turn_change"]["turn"])
