"""How users are shown, and how the pages look."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def save(browser: Client, **fields: str) -> Any:
    return browser.post("/profile/", {"display_name": "", "theme": "", "contrast": "", **fields})


def root(page: Any) -> str:
    """The page's `<html>` tag."""
    found = re.search(r"<html[^>]*>", page.content.decode())
    assert found
    return found[0]


def test_others_see_the_display_name_or_the_name(ann: User, browser_of_ann: Client) -> None:
    assert ann.shown_name == "ann"

    save(browser_of_ann, display_name="Ann of the Ness")

    ann.refresh_from_db()
    assert ann.shown_name == "Ann of the Ness"
    assert "Ann of the Ness" in browser_of_ann.get("/lobby/").content.decode()


@pytest.mark.parametrize("name", ["bob", "BOB", "The Bear", "the bear"])
def test_nobody_goes_by_anothers_name(ann: User, bob: User, browser_of_ann: Client, name: str) -> None:
    User.objects.filter(pk=bob.pk).update(display_name="The Bear")

    assert "already has this name" in save(browser_of_ann, display_name=name).content.decode()

    ann.refresh_from_db()
    assert ann.display_name == ""


def test_nobody_signs_up_by_anothers_display_name(ann: User, client: Client) -> None:
    User.objects.filter(pk=ann.pk).update(display_name="Zoe")

    client.post("/sign-up/", {"username": "zoe", "password1": PASSWORD, "password2": PASSWORD})

    assert User.objects.count() == 1


@pytest.mark.parametrize("name", ["\u200b", "a\u202eb", "x" * 41])
def test_a_display_name_can_be_read(ann: User, browser_of_ann: Client, name: str) -> None:
    save(browser_of_ann, display_name=name)

    ann.refresh_from_db()
    assert ann.display_name == ""


def test_a_refused_form_changes_nothing_on_the_page_either(browser_of_ann: Client) -> None:
    page = save(browser_of_ann, display_name="\u3164", theme="dark")

    assert "data-theme" not in root(page)


def test_the_pages_look_as_the_profile_says(browser_of_ann: Client) -> None:
    assert root(browser_of_ann.get("/profile/")) == '<html lang="en" data-sounds="on">'

    save(browser_of_ann, theme="dark", contrast="more")

    page = browser_of_ann.get("/profile/")
    assert root(page) == '<html lang="en" data-theme="dark" data-contrast="more" data-sounds="off">'
    assert '<meta name="theme-color" content="#1a1613">' in page.content.decode()


@pytest.mark.parametrize("field", ["theme", "contrast"])
def test_there_are_no_other_looks(ann: User, browser_of_ann: Client, field: str) -> None:
    save(browser_of_ann, **{field: '"><script>'})

    ann.refresh_from_db()
    assert (ann.theme, ann.contrast) == ("", "")


def test_a_visitors_theme_is_kept_by_the_browser(client: Client) -> None:
    assert "data-theme" not in root(client.get("/"))

    answer = client.post("/look/", {"theme": "light", "next": "/sign-in/"})

    assert answer["Location"] == "/sign-in/"
    assert 'data-theme="light"' in root(client.get("/"))


def test_who_is_signed_in_keeps_the_theme_in_the_profile(ann: User, browser_of_ann: Client) -> None:
    browser_of_ann.post("/look/", {"theme": "dark", "next": "/profile/"})

    ann.refresh_from_db()
    assert ann.theme == "dark"
    assert ann.token_version == 0


@pytest.mark.parametrize("theme", ["", "pink", '"><script>'])
def test_a_made_up_cookie_changes_no_page(client: Client, theme: str) -> None:
    client.cookies["theme"] = theme

    assert "data-theme" not in root(client.get("/"))


def test_the_look_leads_nowhere_else_and_wants_a_post(client: Client) -> None:
    assert client.post("/look/", {"theme": "dark", "next": "https://evil.example/"})["Location"] == "/"
    assert client.post("/look/", {"theme": "pink"}).cookies.get("theme") is None
    assert client.get("/look/").status_code == 405


@pytest.mark.parametrize(("remember", "until_closed"), [({"remember": "on"}, False), ({}, True)])
def test_one_may_be_forgotten_when_the_browser_closes(
    ann: User, client: Client, remember: dict[str, str], until_closed: bool
) -> None:
    client.post("/sign-in/", {"username": "ann", "password": PASSWORD} | remember)

    assert get_user(client) == ann
    assert client.session.get_expire_at_browser_close() is until_closed
