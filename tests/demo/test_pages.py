"""Sitting down at the demo table with one click: only at the server itself."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tokens import identify_token
from game.demo.tables import Table, lay_table
from tests.lobby.conftest import BACKEND

pytestmark = pytest.mark.django_db

HERE: dict[str, Any] = {"HTTP_HOST": "localhost:8000"}
ELSEWHERE: list[dict[str, Any]] = [
    {"REMOTE_ADDR": "192.168.1.7"},
    {"REMOTE_ADDR": ""},
    {"REMOTE_ADDR": "2001:db8::1"},
    {"HTTP_X_FORWARDED_FOR": "203.0.113.7"},
    {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"HTTP_FORWARDED": "for=127.0.0.1"},
    {"HTTP_HOST": "play.example"},
    {"HTTP_HOST": "rebound.example:8000"},
    {"HTTP_HOST": "localhost.example"},
    {"HTTP_HOST": "192.168.1.7:8000"},
]


@pytest.fixture
def table() -> Table:
    return lay_table()


@pytest.fixture
def here() -> Client:
    return Client(**HERE)


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_the_landing_page_offers_seats(table: Table, host: str) -> None:
    page = Client(HTTP_HOST=host).get("/").content.decode()

    assert [name for name in ("dm", "alice", "bob", "carol") if f'value="{name}"' in page] == [*table.users]


def test_each_seat_says_whose_it_is(table: Table, here: Client) -> None:
    page = here.get("/").content.decode()

    parts = {name: re.search(rf'value="{name}".*?<small>(.*?)</small>', page, re.DOTALL) for name in table.users}
    assert {name: part and part[1] for name, part in parts.items()} == {
        "dm": "Dungeon Master",
        "alice": "plays Wren Ashdown",
        "bob": "plays Tobin Marsh",
        "carol": "Spectator",
    }


def test_one_click_sits_down_at_the_table_in_full_swing(table: Table, here: Client) -> None:
    answer = here.post("/demo/sit/", {"username": "alice"})

    assert table.evening is not None
    assert answer["Location"] == f"/play/{table.evening.pk}/"
    assert get_user(here) == table.users["alice"]
    assert here.get("/")["Location"] == "/lobby/"


def test_another_click_changes_seats(table: Table, here: Client) -> None:
    here.post("/demo/sit/", {"username": "alice"})
    former = here.cookies["sessionid"].value

    here.post("/demo/sit/", {"username": "bob"})

    assert get_user(here) == table.users["bob"]
    assert not here.session.exists(former)


@pytest.mark.parametrize("address", ELSEWHERE, ids=repr)
def test_from_elsewhere_there_are_no_seats(table: Table, address: dict[str, Any]) -> None:
    browser = Client(**(HERE | address))

    assert 'value="alice"' not in browser.get("/").content.decode()
    assert browser.post("/demo/sit/", {"username": "alice"}).status_code == 404


def test_a_public_server_has_no_seats(table: Table, here: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "http://localhost:8000"

    assert 'value="alice"' not in here.get("/").content.decode()
    assert here.post("/demo/sit/", {"username": "alice"}).status_code == 404


def test_a_foreign_page_cannot_sit_anybody_down(table: Table) -> None:
    browser = Client(enforce_csrf_checks=True, **HERE)

    assert browser.post("/demo/sit/", {"username": "alice"}).status_code == 403


@pytest.mark.parametrize("name", ["root", "nobody", "", "ALICE"])
def test_only_the_demo_users_have_seats(table: Table, here: Client, name: str) -> None:
    User.objects.create_superuser("root", password=None)

    assert here.post("/demo/sit/", {"username": name}).status_code == 404
    assert here.post("/demo/sit/").status_code == 404


def test_without_a_demo_table_there_is_nothing_to_sit_at(here: Client) -> None:
    assert "demo" not in here.get("/").content.decode()
    assert here.post("/demo/sit/", {"username": "alice"}).status_code == 404


def test_sitting_down_needs_a_post(table: Table, here: Client) -> None:
    assert here.get("/demo/sit/").status_code == 405


def test_the_test_page_gives_everybodys_tokens_while_debugging(table: Table, here: Client, settings: Settings) -> None:
    settings.DEBUG = True

    context = here.get("/test/game-session").context

    assert context["session_id"] == table.session.pk
    assert {user["username"]: identify_token(user["token"]).user for user in context["users"]} == table.users
    assert here.get("/test/game-session?session=12").context["session_id"] == 12
    assert here.get("/test/game-session?session=x").context["session_id"] == table.session.pk


@pytest.mark.parametrize("address", [{}, *ELSEWHERE], ids=repr)
def test_without_debug_or_from_elsewhere_there_is_no_test_page(
    table: Table, settings: Settings, address: dict[str, Any]
) -> None:
    settings.DEBUG = bool(address)

    browser = Client(**(HERE | address))

    assert browser.get("/test/game-session").status_code == 404


def test_a_demo_user_with_a_password_of_their_own_has_no_seat(table: Table, here: Client) -> None:
    alice = table.users["alice"]
    alice.set_password("now it is mine alone")
    alice.save()

    assert here.post("/demo/sit/", {"username": "alice"}).status_code == 404


def test_who_is_signed_in_is_in_the_lobby(table: Table, here: Client) -> None:
    here.force_login(table.users["dm"], BACKEND)

    assert here.get("/")["Location"] == "/lobby/"
