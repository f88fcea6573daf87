"""Verifying an export: what is honest passes, whatever was changed is found."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.dice.rules.fairness import chain
from game.dice.rules.fairness.export import Changed, NotAnExport, read, write
from game.dice.rules.fairness.verify import Finding, Verdict, verify
from game.dice.verify import main
from tests.dice.rules.evening import ALICE, Evening, a_whole_evening

ROOT = Path(__file__).parents[3]
EVENING = a_whole_evening()
TEXT = write(42, EVENING.events)


def verdicts(content: dict[str, Any], *about: Verdict) -> list[Verdict]:
    return [finding.verdict for finding in verify(content) if not about or finding.verdict in about]


def false(content: dict[str, Any]) -> list[Finding]:
    return [finding for finding in verify(content) if finding.verdict is Verdict.FALSE]


def test_an_honest_evening_is_proved() -> None:
    found = verdicts(EVENING.content())

    assert found.count(Verdict.PROVED) == 8
    assert found.count(Verdict.WEAK) == 1
    assert found.count(Verdict.BY_HAND) == 1
    assert Verdict.FALSE not in found
    assert Verdict.OPEN not in found


def test_rolls_wait_for_their_seed() -> None:
    evening = Evening()
    evening.begin()
    evening.roll("1d20")
    evening.roll("1d20", hidden=True)

    assert verdicts(evening.content()) == [*[Verdict.GOOD] * 3, Verdict.OPEN, Verdict.WEAK]


# Tampering -----------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.integers(0, len(TEXT) - 1), st.integers(1, 127))
def test_any_changed_byte_is_found(place: int, change: int) -> None:
    changed = TEXT[:place] + chr(ord(TEXT[place]) ^ change) + TEXT[place + 1 :]

    with pytest.raises((Changed, NotAnExport)):
        read(changed)


@pytest.mark.parametrize("changed", [TEXT[:-1], TEXT[1:], f" {TEXT}", TEXT.replace(":", ": ", 1), TEXT + TEXT])
def test_what_is_not_written_our_way_is_found(changed: str) -> None:
    with pytest.raises((Changed, NotAnExport)):
        read(changed)


def test_a_line_feed_at_the_end_does_no_harm() -> None:
    assert read(TEXT + "\n") == read(TEXT)


# Names, times and words are not in the dice.
NOT_COVERED = {"username", "timestamp", "player", "user_id", "reason"}

# Covered by the tricks below.
OTHERWISE = {"event", "seq", "source", "formula", "ended", "visibility"}


def numbers(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of all numbers and texts in the events that the dice must answer for."""
    if isinstance(part, dict | list):
        for key, inside in part.items() if isinstance(part, dict) else enumerate(part):
            if key not in NOT_COVERED:
                yield from numbers(inside, (*path, key))
    elif isinstance(part, int | float | str) and path[-1] not in OTHERWISE:
        yield path


def altered(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return ("0" if value[0] != "0" else "1") + value[1:]
    return value + 1


def test_whoever_writes_the_digest_anew_is_found_by_the_dice() -> None:
    missed = [path for path in numbers(EVENING.events) if not idle(path) and not false(with_one_changed(path))]

    assert not missed


def idle(path: tuple[Any, ...]) -> bool:
    """What was thrown by hand proves nothing, and nobody rolled with the last seed that was committed to."""
    data = EVENING.events[path[0]]["data"]
    unused = "commitments" in path and data["fairness"]["rotation"] == 3
    return unused or bool(data.get("roll", {}).get("source") == "reported")


def with_one_changed(path: tuple[Any, ...]) -> dict[str, Any]:
    content = copy.deepcopy(EVENING.content())
    holder = content["events"]
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = altered(holder[path[-1]])
    return content


def drop_a_roll(events: list[dict[str, Any]]) -> None:
    del events[4]


def swap_rolls(events: list[dict[str, Any]]) -> None:
    events[9]["data"], events[11]["data"] = events[11]["data"], events[9]["data"]


def double_a_roll(events: list[dict[str, Any]]) -> None:
    events[5] = copy.deepcopy(events[4]) | {"seq": 6}


def drop_a_seed(events: list[dict[str, Any]]) -> None:
    del events[2]


def give_a_seed_to_another(events: list[dict[str, Any]]) -> None:
    events[3]["data"]["player"] = {"user_id": 99, "username": "mallory"}


def give_a_seed_late(events: list[dict[str, Any]]) -> None:
    events[3]["data"], events[4]["data"] = events[4]["data"], events[3]["data"]
    events[3]["event"], events[4]["event"] = events[4]["event"], events[3]["event"]


def reveal_early(events: list[dict[str, Any]]) -> None:
    change = {"rotation": 1, "commitments": [], "revealed": events[8]["data"]["fairness"]["revealed"]}
    events.insert(1, {"event": "session_status", "data": {"fairness": change}, "seq": 2})
    for place, event in enumerate(events):
        event["seq"] = place + 1


def commit_twice(events: list[dict[str, Any]]) -> None:
    events[8]["data"]["fairness"]["commitments"][0]["rotation"] = 2


def forget_the_commitment(events: list[dict[str, Any]]) -> None:
    del events[0]


def change_the_formula(events: list[dict[str, Any]]) -> None:
    events[1]["data"]["roll"]["formula"] = "1d20+6"


def change_the_dice(events: list[dict[str, Any]]) -> None:
    events[1]["data"]["roll"]["formula"] = "1d12+5"


def draw_openly_with_a_hidden_key(events: list[dict[str, Any]]) -> None:
    events[5]["data"]["roll"]["visibility"] = "public"


def draw_hidden_from_the_seed_of_all(events: list[dict[str, Any]]) -> None:
    events[1]["data"]["roll"]["visibility"] = "blind"


def drop_a_proof(events: list[dict[str, Any]]) -> None:
    del events[1]["data"]["roll"]["proof"]


def rename_the_event_of_a_hidden_roll(events: list[dict[str, Any]]) -> None:
    events[5]["event"] = "dice_rol"


def take_the_roll_out_of_its_event(events: list[dict[str, Any]]) -> None:
    del events[5]["data"]["roll"]


def pass_a_hidden_roll_off_as_one_by_hand(events: list[dict[str, Any]]) -> None:
    events[5]["data"]["roll"]["source"] = "reported"


def drop_the_last_roll_and_its_count(events: list[dict[str, Any]]) -> None:
    del events[4]
    events[7]["data"]["fairness"]["revealed"]["rolls"] -= 1


def roll_once_more_after_the_reveal(events: list[dict[str, Any]]) -> None:
    """With the seed, which is known by then, and numbers that all fit."""
    evening = Evening()
    evening.events, evening.rotation, evening.rolled = events[:8], 1, 2
    evening.committed, evening.seeds = {1: 1}, {7: (3, "swordfish"), 12: (4, "déjà vu 🎲")}
    evening.roll("1d20")
    for event in events[8:]:
        event["seq"] += 1
    events[8]["data"]["fairness"]["revealed"]["rolls"] += 1
    events.insert(8, evening.events[-1])


def leave_out_a_later_chain(events: list[dict[str, Any]]) -> None:
    del events[-1]["data"]["fairness"]["chain"]


TRICKS = [
    drop_the_last_roll_and_its_count, roll_once_more_after_the_reveal, leave_out_a_later_chain,
    drop_a_roll, swap_rolls, double_a_roll, drop_a_seed, give_a_seed_to_another, give_a_seed_late, reveal_early,
    commit_twice, forget_the_commitment, change_the_formula, change_the_dice, drop_a_proof,
    draw_openly_with_a_hidden_key, draw_hidden_from_the_seed_of_all, rename_the_event_of_a_hidden_roll,
    take_the_roll_out_of_its_event, pass_a_hidden_roll_off_as_one_by_hand,
]  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.__name__)
def test_a_server_that_cheats_is_found(trick: Callable[[list[dict[str, Any]]], None]) -> None:
    content = copy.deepcopy(EVENING.content())
    trick(content["events"])

    assert false(content)


def test_an_export_of_before_there_were_chains_says_what_it_cannot_prove() -> None:
    content = copy.deepcopy(EVENING.content())
    for event in content["events"]:
        event["data"].get("fairness", {}).pop("chain", None)

    assert not false(content)
    assert sum("has no chain of its rolls" in finding.text for finding in verify(content)) == 3


def test_what_was_said_around_a_roll_may_be_edited_only_where_its_hash_stays() -> None:
    chained = chain.longer(chain.beginning(42, 1), 3, 1, "I swing: [[1d20]]", "1d20", [12])

    assert chained == "e469ca7eee893ab1e706ce8e2733f9546398b9eeb63d07aed744e0c1bc308504"
    assert chained != chain.longer(chain.beginning(42, 1), 3, 1, "I swung: [[1d20]]", "1d20", [12])


ABOUT_ONE = [EVENING.events[place] for place in (0, 2, 3, 4)]


@pytest.mark.parametrize(
    ("events", "fits"),
    [
        (ABOUT_ONE, True),
        (ABOUT_ONE[:3], False),
        ([*ABOUT_ONE, ABOUT_ONE[3] | {"seq": 6}], False),
        ([ABOUT_ONE[0], EVENING.events[1], *ABOUT_ONE[1:]], False),
        ([*ABOUT_ONE[:3], ABOUT_ONE[3] | {"seq": 6}], False),
    ],
)
def test_a_file_about_one_roll_holds_just_that_one(events: list[dict[str, Any]], fits: bool) -> None:
    content = {"events": events, "session": 42, "roll": 5}

    assert (not false(content)) is fits


def test_a_hidden_roll_that_is_not_in_the_file_is_no_flaw() -> None:
    content = copy.deepcopy(EVENING.content())
    del content["events"][5]

    assert not false(content)


def rolls_in(content: dict[str, Any]) -> list[int]:
    """Places of the events with public rolls of the server's."""
    return [place for place, event in enumerate(content["events"]) if event["event"] in {"dice_roll", "table_draw"}]


def alone(content: dict[str, Any], place: int) -> dict[str, Any]:
    """The export of one roll, with the seeds behind it."""
    events = [event for n, event in enumerate(content["events"]) if n == place or n not in rolls_in(content)]
    kept = [event for event in events if event["event"] != "chat_message"]
    return content | {"events": kept, "roll": content["events"][place]["seq"]}


def test_one_roll_alone_is_no_flaw() -> None:
    content = copy.deepcopy(EVENING.content())

    for place in rolls_in(content):
        assert not false(alone(content, place))


def test_a_roll_alone_is_that_roll_and_no_other() -> None:
    content = copy.deepcopy(EVENING.content())
    first, second, *_ = rolls_in(content)
    one, other = alone(content, first), alone(content, second)

    assert false(content | {"roll": content["events"][first]["seq"]})  # and all the others
    assert false(one | {"roll": other["roll"]})
    assert false(one | {"events": [event for event in one["events"] if event["seq"] != one["roll"]]})  # and none
    assert false(one | {"roll": True})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.data())
def test_nothing_makes_the_verifier_stumble(data: st.DataObject) -> None:
    content = copy.deepcopy(EVENING.content())
    path = data.draw(st.sampled_from(list(numbers(content["events"]))))
    cut = data.draw(st.integers(1, len(path)))
    holder = content["events"]
    for key in path[: cut - 1]:
        holder = holder[key]
    holder[path[cut - 1]] = data.draw(JSON)

    assert all(str(finding) for finding in verify(content))


# The command ---------------------------------------------------------------------------------------


def run(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-S", "-m", "game.dice.verify", str(file)]  # -S: no installed packages
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)


def test_the_command_proves_an_evening_offline(tmp_path: Path) -> None:
    file = tmp_path / "rolls.json"
    file.write_text(TEXT)
    ended = run(file)

    assert ended.returncode == 0, ended.stderr
    assert "Rolls proved: 8." in ended.stdout
    assert "without a seed from any player: 1;" in ended.stdout
    assert "alice rolls 1d20+5 = " in ended.stdout


def test_the_command_says_what_is_false(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events = copy.deepcopy(EVENING.events)
    events[1]["data"]["roll"]["rolls"][0] += 1
    file = tmp_path / "rolls.json"
    file.write_text(write(42, events))

    assert main([str(file)]) == 1
    assert "the dice must have shown" in capsys.readouterr().out


def test_the_command_says_that_a_file_was_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rolls.json"
    file.write_text(TEXT.replace("for the goblin", "for the dragon"))

    assert main([str(file)]) == 1
    assert "was changed" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "{}", "[]", "no JSON", json.dumps({"events": []}), "[" * 100_000, "é"])
def test_the_command_refuses_what_is_no_export(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rolls.json"
    file.write_text(text)

    assert main([str(file)]) == 2
    assert capsys.readouterr().err


def test_the_command_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert main([str(tmp_path / "nothing.json")]) == 2


def test_what_players_typed_does_not_steer_the_terminal() -> None:
    evening = Evening()
    evening.begin()
    evening.seed(ALICE, "\x1b[2J\n")

    assert str(verify(evening.content())[-1]).isprintable()
