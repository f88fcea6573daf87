"""The demo table, as a module and as a command."""

import json
import stat
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import User
from accounts.tokens import identify_token
from game.campaign.models import Campaign, Character, Membership
from game.demo.load import fill_rooms
from game.demo.tables import DISPLAY_NAMES, demo_session_id, demo_table_id, demo_users, is_demo_user, lay_table
from game.engine.models import Session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """A data folder without notes."""
    settings.DATA_DIR = tmp_path
    return tmp_path


def demo(capsys: pytest.CaptureFixture[str], *options: str) -> Any:
    """What `demo --json` prints, all of it JSON."""
    call_command("demo", "--json", *options)
    return json.loads(capsys.readouterr().out)


def test_four_people_sit_at_the_table() -> None:
    table = lay_table()

    roles = {name: table.campaign.memberships.get(user=user).role for name, user in table.users.items()}
    assert roles == {"dm": "dm", "alice": "player", "bob": "player", "carol": "spectator"}
    assert {c.owner.username for c in Character.objects.filter(campaign=table.campaign)} == {"alice", "bob"}
    assert table.session.campaign == table.campaign
    assert {name: user.shown_name for name, user in table.users.items()} == DISPLAY_NAMES


def test_the_json_is_what_programs_need(capsys: pytest.CaptureFixture[str]) -> None:
    printed = demo(capsys)

    assert printed.keys() == {"campaign", "session", "url", "users"}
    assert printed["url"] == f"http://127.0.0.1:8000/play/{printed['session']}/"
    assert list(printed["users"]) == ["dm", "alice", "bob", "carol"]
    for name, described in printed["users"].items():
        user = User.objects.get(pk=described["id"])
        assert user.username == described["username"] == name
        assert user.check_password(described["password"])
        assert identify_token(described["token"]).user == user


def test_called_again_it_finds_what_it_made(capsys: pytest.CaptureFixture[str]) -> None:
    first = demo(capsys)
    second = demo(capsys)

    for printed in (first, second):
        tokens = [user.pop("token") for user in printed["users"].values()]
        assert all(identify_token(token) for token in tokens), "nobody is signed out"
    assert first == second
    assert User.objects.count() == 4


def test_what_is_missing_is_made_again_and_the_rest_stays(capsys: pytest.CaptureFixture[str]) -> None:
    first = demo(capsys)
    User.objects.get(username="bob").delete()
    Session.objects.all().delete()

    second = demo(capsys)

    assert second["users"]["alice"]["password"] == first["users"]["alice"]["password"]
    assert second["users"]["bob"]["id"] != first["users"]["bob"]["id"]
    assert Membership.objects.get(user__username="bob", campaign=first["campaign"]).role == "player"
    assert Session.objects.get().pk == second["session"]


def test_an_ended_session_is_followed_by_a_new_one(capsys: pytest.CaptureFixture[str]) -> None:
    from django.utils import timezone

    first = demo(capsys)
    Session.objects.update(ended_at=timezone.now())
    assert demo_session_id() is None

    second = demo(capsys)

    assert second["session"] != first["session"]
    assert demo_session_id() == second["session"]


def test_an_account_of_the_same_name_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    alice = User.objects.create_user("Alice", password="her own")
    User.objects.create_user("bob2")

    printed = demo(capsys)

    assert printed["users"]["alice"]["username"] == "alice2"
    assert printed["users"]["bob"]["username"] == "bob"
    alice.refresh_from_db()
    assert alice.check_password("her own")
    assert not alice.memberships.exists()
    assert not is_demo_user(alice)


def test_notes_of_another_database_name_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    """The ids in the notes are other people's here."""
    first = demo(capsys)
    User.objects.all().delete()
    Campaign.objects.all().delete()
    people = [User.objects.create_user(f"person{n}", pk=user["id"]) for n, user in enumerate(first["users"].values())]
    theirs = Campaign.objects.create(pk=first["campaign"], name="Theirs")

    assert demo_users() == []
    printed = demo(capsys)

    assert not {user["id"] for user in printed["users"].values()} & {person.pk for person in people}
    assert printed["campaign"] != theirs.pk
    assert not theirs.memberships.exists()


def test_passwords_are_kept_for_the_owner_of_the_server_alone(folder: Path) -> None:
    lay_table()

    assert stat.S_IMODE((folder / "demo.json").stat().st_mode) == 0o600
    assert {user.password.split("$")[0] for user in User.objects.all()} == {"argon2"}


def test_anybody_may_sit_down_as_them_until_somebody_makes_the_account_their_own() -> None:
    table = lay_table()
    assert [user.username for user in demo_users()] == ["dm", "alice", "bob", "carol"]
    assert is_demo_user(table.users["alice"])
    assert demo_session_id() == table.session.pk

    for name, change in (("dm", "is_staff"), ("bob", "is_active")):
        setattr(table.users[name], change, change == "is_staff")
        table.users[name].save()
    table.users["alice"].set_password("mine now")
    table.users["alice"].save()

    assert [user.username for user in demo_users()] == ["carol"]
    assert not is_demo_user(table.users["alice"])


def test_without_a_table_nobody_is_offered() -> None:
    assert demo_users() == []
    assert demo_session_id() is None


def test_rooms_for_load(capsys: pytest.CaptureFixture[str]) -> None:
    printed = demo(capsys, "--rooms=3", "--members=4")

    assert len(printed["rooms"]) == 3
    campaigns = set()
    for room in printed["rooms"]:
        session = Session.objects.get(pk=room["session"])
        members = [identify_token(token).user for token in room["tokens"]]
        roles = [session.campaign.memberships.get(user=user).role for user in members]
        assert roles == ["dm", "player", "player", "player"]
        assert not any(user.has_usable_password() for user in members)
        campaigns.add(session.campaign_id)
    assert len(campaigns) == 3


def test_rooms_are_used_again_where_they_suffice() -> None:
    first = fill_rooms(2, 3)

    assert fill_rooms(2, 3) == first
    assert [len(room.members) for room in fill_rooms(2, 2)] == [2, 2]
    assert [room.session_id for room in fill_rooms(3, 3)][:2] == [room.session_id for room in first]
    assert Session.objects.count() == 3
    assert not {room.session_id for room in fill_rooms(1, 4)} & {room.session_id for room in first}


def test_lost_rooms_are_not_used_again() -> None:
    lost = fill_rooms(1, 2)[0]
    lost.members[1].delete()

    assert fill_rooms(1, 2)[0].session_id != lost.session_id


def test_a_thousand_members_are_made_in_seconds() -> None:
    began = time.monotonic()
    rooms = fill_rooms(50, 20)

    assert sum(len(room.members) for room in rooms) == 1000
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("options", [("--rooms=-1",), ("--rooms=1", "--members=0")])
def test_rooms_that_cannot_be_are_refused(options: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("demo", *options)


def test_people_are_told_how_to_sit_down(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("PORT", "9000")
    call_command("demo")

    printed = capsys.readouterr().out
    assert f"http://127.0.0.1:9000/play/{demo_table_id()}/" in printed
    assert demo_table_id() != demo_session_id()
    parts = {line.split()[0]: line for line in printed.splitlines() if line.startswith("  ")}
    assert parts["dm"].endswith(" Dungeon Master")
    assert parts["alice"].endswith(" plays Wren Ashdown")
    assert parts["bob"].endswith(" plays Tobin Marsh")
    assert parts["carol"].endswith(" Spectator")


@pytest.mark.django_db(transaction=True)
def test_two_that_start_at_once_lay_one_table() -> None:
    def lay() -> None:
        try:
            lay_table()
        finally:
            connection.close()

    threads = [threading.Thread(target=lay) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert User.objects.count() == 4
    assert Campaign.objects.count() == 1
