"""The demo table in full swing: what was played there, and what each seat sees of it."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.tokens import access_token
from game.campaign.models import Campaign
from game.demo.tables import Table, demo_session_id, demo_table_id, lay_table
from game.dice.rules.fairness.chance import Chance
from game.dice.rules.fairness.export import read
from game.dice.rules.fairness.verify import Verdict, verify
from game.engine.log.history import recent
from game.engine.models import LogEntry, Session
from game.engine.seats import Member
from game.macros.macros import bars_of
from game.macros.models import Macro
from game.roles import Role
from game.roll_tables.models import RollTable

pytestmark = pytest.mark.django_db

SEATS = {"dm": Role.DM, "alice": Role.PLAYER, "bob": Role.PLAYER, "carol": Role.SPECTATOR}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """A data folder without notes; and passwords that take no time."""
    settings.DATA_DIR = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return tmp_path


@pytest.fixture
def table() -> Table:
    return lay_table()


def evening_of(table: Table) -> Session:
    assert table.evening is not None
    return Session.objects.get(pk=table.evening.pk)


def fight_of(table: Table) -> tuple[dict[str, Any], dict[str, Any]]:
    """The combat and the turn as they stand."""
    evening = evening_of(table)
    assert evening.combat is not None
    assert evening.turn is not None
    return evening.combat, evening.turn


def seen(table: Table, name: str) -> list[dict[str, Any]]:
    """The whole evening as this seat is told it."""
    evening = evening_of(table)
    frames = recent(evening.pk, evening.seq, Member(table.users[name].pk, SEATS[name]), 1000)
    return [msgspec.json.decode(frame) for frame in frames]


def rolls(frames: list[dict[str, Any]], visibility: str) -> list[dict[str, Any]]:
    found = (frame["data"]["roll"] for frame in frames if frame["event"] == "dice_roll")
    return [roll for roll in found if roll["visibility"] == visibility]


def forget_the_evening(folder: Path) -> None:
    """As an installation was left by a version that played none."""
    Session.objects.exclude(pk=demo_session_id() or 0).delete()
    notes = folder / "demo.json"
    notes.write_text(json.dumps(json.loads(notes.read_text()) | {"evening": None}))
    Macro.objects.all().delete()
    RollTable.objects.all().delete()


def test_something_of_every_kind_happened(table: Table) -> None:
    counted = Counter(frame["event"] for frame in seen(table, "dm"))

    assert counted["dm_narration"] == 4
    assert counted["table_draw"] == 1
    assert min(counted[event] for event in ("chat_message", "dice_roll", "turn_change")) >= 6
    assert counted["combat_update"] >= 4
    assert counted["player_action"] >= 3
    assert any(frame["data"].get("rolls") for frame in seen(table, "carol") if frame["event"] == "chat_message")


def test_dice_of_every_kind_were_rolled(table: Table) -> None:
    public = rolls(seen(table, "carol"), "public")

    assert any("kh1" in roll["formula"] for roll in public), "with advantage"
    assert any("results" in roll for roll in public), "repeated"
    dice = [die for roll in public for term in roll["terms"] for die in term["dice"]]
    assert any(die.get("critical") for die in dice)
    assert {roll["source"] for roll in public} == {"server", "reported"}


def test_a_hidden_roll_stays_with_the_dm(table: Table) -> None:
    assert len(rolls(seen(table, "dm"), "dm")) == 1
    for name in ("alice", "bob", "carol"):
        assert rolls(seen(table, name), "dm") == [], name


def test_of_a_blind_roll_the_roller_sees_no_result(table: Table) -> None:
    dms, bobs = rolls(seen(table, "dm"), "blind"), rolls(seen(table, "bob"), "blind")

    assert "result" in dms[0]
    assert len(bobs) == 1
    assert not {"result", "rolls", "terms", "proof"} & bobs[0].keys()
    assert rolls(seen(table, "alice"), "blind") == rolls(seen(table, "carol"), "blind") == []


def test_the_fight_is_in_its_second_round_and_it_is_wrens_turn(table: Table) -> None:
    combat, turn = fight_of(table)

    assert combat["active"] is True
    assert combat["round"] == 2
    assert len(combat["combatants"]) == 6
    assert turn["current_character_name"] == combat["combatants"][turn["combatant"]]["name"] == "Wren Ashdown"
    for one in combat["combatants"]:
        assert 0 <= one["hp"] <= one["max_hp"]
        assert isinstance(one["initiative"], int)
    assert all(one["hp"] > 0 for one in combat["combatants"] if one["name"] in ("Wren Ashdown", "Tobin Marsh"))


@pytest.mark.parametrize("highest", [True, False], ids=["high dice", "low dice"])
def test_it_is_played_to_its_end_wherever_the_dice_fall(monkeypatch: pytest.MonkeyPatch, highest: bool) -> None:
    monkeypatch.setattr(Chance, "randbelow", lambda self, sides: sides - 1 if highest else 0)

    combat, turn = fight_of(lay_table())

    assert combat["round"] == 2
    assert turn["current_character_name"] == "Wren Ashdown"


def test_two_macros_lie_on_each_players_hotbar(table: Table) -> None:
    for name in ("alice", "bob"):
        bar = bars_of(table.campaign.memberships.get(user=table.users[name]))
        assert [len(keys["slots"]) for keys in bar] == [2]
        assert bar[0]["character_id"] == table.campaign.characters.get(owner=table.users[name]).pk


def test_what_was_drawn_is_out_of_the_deck(table: Table) -> None:
    drawn = next(frame["data"]["draw"] for frame in seen(table, "carol") if frame["event"] == "table_draw")

    deck = table.campaign.roll_tables.get()
    assert drawn["table"] == {"id": deck.pk, "name": deck.name}
    assert [row.text for row in deck.rows.filter(drawn=True)] == [drawn["rows"][0]["text"]]


def test_the_dice_verify(table: Table) -> None:
    """With a seed of each player's in them; those of the fight when the session ends."""
    token = access_token(table.users["alice"])
    answer = Client().get(f"/api/sessions/{evening_of(table).pk}/fairness/", HTTP_AUTHORIZATION=f"Bearer {token}")

    verdicts = Counter(finding.verdict for finding in verify(read(answer.content.decode())))

    assert verdicts[Verdict.PROVED] >= 3
    assert verdicts[Verdict.OPEN] >= 6
    assert verdicts[Verdict.BY_HAND] == 1
    assert verdicts[Verdict.FALSE] == verdicts[Verdict.WEAK] == 0


def test_it_took_an_evening_that_is_over(table: Table) -> None:
    evening = evening_of(table)
    times = list(LogEntry.objects.filter(session=evening).order_by("seq").values_list("created_at", flat=True))

    assert evening.created_at < times[0]
    assert times == sorted(times)
    assert len(set(times)) == len(times) == evening.seq
    assert times[-1] < timezone.now()


def test_the_session_for_programs_is_empty(table: Table) -> None:
    assert table.session.pk != evening_of(table).pk
    assert not LogEntry.objects.filter(session=table.session).exists()
    assert Session.objects.get(pk=table.session.pk).seq == 0


def test_a_second_call_finds_it(table: Table) -> None:
    before = LogEntry.objects.count()

    assert lay_table() == table
    assert LogEntry.objects.count() == before
    assert Session.objects.count() == 2
    assert Macro.objects.count() == 4


def test_it_is_there_within_a_second(table: Table, folder: Path) -> None:
    forget_the_evening(folder)
    began = time.process_time()

    assert lay_table().evening is not None
    assert time.process_time() - began < 1


def test_an_older_demo_table_gets_it_once(table: Table, folder: Path) -> None:
    forget_the_evening(folder)

    added = lay_table()
    evening_of(added).delete()

    assert added.session == table.session
    assert lay_table().evening is None
    assert demo_table_id() == table.session.pk


@pytest.mark.parametrize("of_their_own", ["an account", "a campaign", "a role", "a name", "a macro", "a house rule"])
def test_where_somebody_has_something_of_their_own_it_is_not_added(
    table: Table, folder: Path, of_their_own: str
) -> None:
    forget_the_evening(folder)
    match of_their_own:
        case "an account":
            User.objects.create_user("nadia")
        case "a campaign":
            Campaign.objects.create(name="The Night Market")
        case "a role":
            table.campaign.memberships.filter(user=table.users["bob"]).update(role=Role.SPECTATOR)
        case "a name":
            table.campaign.characters.filter(owner=table.users["bob"]).update(name="Tobin the Dry")
        case "a macro":
            Macro.objects.create(campaign=table.campaign, owner=table.users["bob"], name="Hit", text="/roll 1d20")
        case _:
            Campaign.objects.filter(pk=table.campaign.pk).update(allows_reported_rolls=False)

    assert lay_table().evening is None
    assert demo_table_id() == table.session.pk
    assert not RollTable.objects.exists()


def test_one_that_was_ended_is_not_the_table_any_more(table: Table) -> None:
    Session.objects.filter(pk=evening_of(table).pk).update(ended_at=timezone.now())

    assert lay_table().evening is None
    assert demo_table_id() == table.session.pk
