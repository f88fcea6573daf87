"""Names that people can tell apart."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from accounts.names import validate_name

GOOD_PASSWORD = "a lantern in the reeds"


@pytest.mark.parametrize("name", ["Ann", "Jürgen", "Ωmega", "Жанна", "美咲", "سارا\u200cجان", "Jan de Vries", "🐉"])
def test_names_of_any_script_are_fine(name: str) -> None:
    validate_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\u3164",  # Hangul filler: a letter that looks like nothing
        "an\u200bn",  # zero-width space
        "an\u0000n",
        "an\nn",
        "\u202enna",  # turns the text around it
        "\u2800",  # Braille blank
        "\u200d",  # a joiner with nothing to join
        "\ud800",
    ],
)
def test_names_that_hide_something_are_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        validate_name(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["\u3164", "ann\u3164", "an n", "an\u200bn", "<b>", "a" * 41, "", "\uff1cb\uff1e"])
def test_nobody_signs_up_under_such_a_name(name: str) -> None:
    _sign_up(name)

    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "second"), [("ann", "ANN"), ("Jürgen", "JÜRGEN"), ("ann", "ａｎｎ")])
def test_a_name_is_taken_whatever_its_case_and_width(first: str, second: str) -> None:
    _sign_up(first)

    answer = _sign_up(second)

    assert "already has this name" in answer.content.decode()
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_the_database_refuses_a_second_spelling_too() -> None:
    User.objects.create_user("ann", password=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("Ann", password=None)


@pytest.mark.django_db
def test_a_user_is_found_by_any_spelling_and_the_exact_one_first() -> None:
    ann = User.objects.create_user("Ann", password=None)

    assert User.objects.get_by_natural_key("aNN") == ann
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key("anna")


def _sign_up(name: str):  # type: ignore[no-untyped-def]  # the test client's response has no type of its own
    data = {"username": name, "password1": GOOD_PASSWORD, "password2": GOOD_PASSWORD}
    return Client().post("/sign-up/", data)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("known", "alike"),
    [
        ("Anna", "\u0410nna"),  # a Cyrillic letter
        ("Anna", "An\u200dna"),
        ("Anna", "Ann\u03b1"),
        ("Anna", "Ａｎｎａ"),
        ("Will", "WiII"),
        ("Bob", "B0b"),
        ("Tom", "Torn"),
    ],
)
def test_a_name_that_looks_like_somebodys_is_taken(known: str, alike: str) -> None:
    User.objects.create_user(known)

    for fields in ({"username": alike}, {"username": "zoe", "display_name": alike}):
        with pytest.raises(ValidationError):
            User(**fields).clean()


@pytest.mark.django_db
@pytest.mark.parametrize("alike", ["The  Dungeon Master", "The\u00a0Dungeon\u2003Master", "THE DUNGEON MASTER "])
def test_other_blanks_make_no_other_name(alike: str) -> None:
    User.objects.create_user("dm", display_name="The Dungeon Master")

    with pytest.raises(ValidationError):
        User(username="zoe", display_name=alike).clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("known", "other"), [("Jörg", "Jorg"), ("Eli", "Ell"), ("Anna", "Hanna"), ("Борис", "Бориса"), ("کی", "کیا")]
)
def test_names_that_can_be_told_apart_are_two(known: str, other: str) -> None:
    User.objects.create_user(known)

    User(username=other).clean()


@pytest.mark.django_db
def test_who_has_such_a_name_already_may_still_change_the_theme() -> None:
    User.objects.create_user("Tom")
    torn = User.objects.create_user("Torn")

    torn.theme = "dark"

    torn.clean()
