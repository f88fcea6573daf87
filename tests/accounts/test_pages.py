"""Signing up, in and out, and new passwords, as a browser does it."""

import json
import re
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts import views
from accounts.models import User
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "a new lamp for an old one"


def sign_in(browser: Client, **more: Any) -> Any:
    return browser.post("/sign-in/", {"username": "ann", "password": PASSWORD} | more)


def sign_up(browser: Client, **more: Any) -> Any:
    return browser.post("/sign-up/", {"username": "zoe", "password1": NEW, "password2": NEW} | more)


def test_who_signs_up_is_signed_in(client: Client) -> None:
    answer = sign_up(client)

    assert answer["Location"] == "/lobby/"
    assert get_user(client).get_username() == "zoe"


def test_weak_passwords_are_refused(client: Client) -> None:
    answer = sign_up(client, password1="123", password2="123")

    assert answer.status_code == 200
    assert not User.objects.exists()


def test_what_is_wrong_with_a_password_stands_under_the_password(client: Client) -> None:
    form = sign_up(client, password1="123", password2="123").context["form"]

    assert "too short" in str(form.errors["password1"])
    assert "password2" not in form.errors


def test_passwords_that_differ_are_told_apart_under_the_second(client: Client) -> None:
    form = sign_up(client, password2="another lamp").context["form"]

    assert list(form.errors) == ["password2"]


def test_one_signs_in_whatever_the_case_of_the_name(ann: User, client: Client) -> None:
    assert sign_in(client, username="ANN")["Location"] == "/lobby/"


def test_a_wrong_password_is_said_so(ann: User, client: Client) -> None:
    answer = sign_in(client, password="wrong")

    assert answer.status_code == 200
    assert "name and password don’t match" in answer.content.decode()


def test_the_inactive_do_not_sign_in(ann: User, client: Client) -> None:
    User.objects.update(is_active=False)

    assert sign_in(client).status_code == 200


def test_signing_out_needs_a_post(browser_of_ann: Client) -> None:
    assert browser_of_ann.get("/sign-out/").status_code == 405
    assert browser_of_ann.post("/sign-out/")["Location"] == "/"
    assert browser_of_ann.get("/profile/").status_code == 302


@pytest.mark.parametrize("enter", [sign_in, sign_up])
@pytest.mark.parametrize("target", ["/join/abc-_123/", "/play/1/?a=b&c=d"])
def test_one_goes_on_to_where_one_was_headed(ann: User, client: Client, enter: Any, target: str) -> None:
    assert enter(client, next=target)["Location"] == target


@pytest.mark.parametrize("enter", [sign_in, sign_up])
@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "https:evil", "\u0000"],
)
def test_nobody_is_led_elsewhere(ann: User, client: Client, enter: Any, target: str) -> None:
    assert enter(client, next=target)["Location"] == "/lobby/"


def test_where_one_is_headed_is_carried_from_one_page_to_the_other(client: Client) -> None:
    page = client.get("/sign-in/?next=/join/abc/").content.decode()
    assert '"/sign-up/?next=%2Fjoin%2Fabc%2F"' in page

    page = client.get("/sign-up/?next=%2Fjoin%2Fabc%2F").content.decode()
    assert '"/sign-in/?next=%2Fjoin%2Fabc%2F"' in page
    assert 'name="next" value="/join/abc/"' in page


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-up/"])
def test_who_is_signed_in_already_goes_on(browser_of_ann: Client, path: str) -> None:
    assert browser_of_ann.get(path + "?next=/join/abc/")["Location"] == "/join/abc/"


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-up/", "/profile/password/", "/profile/sign-out-everywhere/"])
def test_forms_want_their_token(ann: User, path: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    if path.startswith("/profile/"):
        browser.force_login(ann, "django.contrib.auth.backends.ModelBackend")

    assert browser.post(path, {"username": "ann", "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize("path", ["/profile/", "/profile/password/"])
def test_strangers_are_asked_to_sign_in(client: Client, path: str) -> None:
    assert client.get(path)["Location"] == f"/sign-in/?next={path}"


def test_no_mail_no_reset_by_mail(client: Client) -> None:
    assert client.get("/password-reset/").status_code == 404
    assert "/password-reset/" not in client.get("/sign-in/").content.decode()
    assert "email" not in client.get("/sign-up/").content.decode()


def test_a_forgotten_password_is_reset_by_a_link_to_the_configured_address(
    ann: User, client: Client, settings: Settings
) -> None:
    settings.EMAIL_URL, settings.PUBLIC_URL = "smtp://mail.example", "https://play.example"
    settings.ALLOWED_HOSTS = ["*"]
    assert "/password-reset/" in client.get("/sign-in/").content.decode()

    client.post("/password-reset/", {"email": "ann@example.org"}, headers={"Host": "evil.example"})

    link = re.search(r"https://play\.example(/password-reset/\S+)", str(mail.outbox[0].body))
    assert link
    assert "evil" not in mail.outbox[0].body
    form = client.get(link[1], follow=True).redirect_chain[-1][0]
    client.post(form, {"new_password1": NEW, "new_password2": NEW})
    ann.refresh_from_db()
    assert ann.check_password(NEW)
    assert ann.token_version == 1


@pytest.fixture
def mails(ann: User, settings: Settings) -> None:
    settings.EMAIL_URL, settings.PUBLIC_URL = "smtp://mail.example", "https://play.example"


@pytest.mark.usefixtures("mails")
def test_nobodys_mailbox_is_filled(client: Client) -> None:
    for number in range(8):
        answer = client.post("/password-reset/", {"email": "Ann@Example.org"}, REMOTE_ADDR=f"192.0.2.{number}")
        assert answer.status_code == 302

    assert len(mail.outbox) == 3


@pytest.mark.usefixtures("mails")
def test_one_address_asks_for_ten_mails_an_hour(client: Client) -> None:
    for number in range(10):
        assert client.post("/password-reset/", {"email": f"{number}@example.org"}).status_code == 302

    refused = client.post("/password-reset/", {"email": "ann@example.org"})

    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert client.post("/password-reset/", {"email": "a@example.org"}, REMOTE_ADDR="192.0.2.1").status_code == 302


@pytest.mark.usefixtures("mails")
def test_the_answer_does_not_wait_for_the_mail() -> None:
    request = RequestFactory().post("/password-reset/", {"email": "ann@example.org"})
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # as Django's own client does

    answer = views.PasswordResetView.as_view()(request)

    assert answer.status_code == 302
    assert mail.outbox == []
    answer.close()
    assert [sent.to for sent in mail.outbox] == [["ann@example.org"]]


def test_a_password_has_the_same_longest_length_everywhere(client: Client) -> None:
    for length, made in ((4097, False), (4096, True)):
        password = "the lamp " * 455 + "x" * (length - 4095)
        assert len(password) == length
        client.post("/sign-up/", {"username": "zoe", "password1": password, "password2": password})
        assert User.objects.filter(username="zoe").exists() is made
    client.logout()

    body = json.dumps({"username": "zoe", "password": password})

    assert client.post("/api/token/", body, content_type="application/json").status_code == 200


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-up/", "/profile/"])
def test_a_head_is_answered_like_a_get(browser_of_ann: Client, path: str) -> None:
    for browser in (Client(), browser_of_ann):
        assert browser.head(path).status_code == browser.get(path).status_code


def test_a_members_page_is_kept_in_no_cache(browser_of_ann: Client) -> None:
    for path in ("/profile/", "/lobby/", "/"):
        assert {"private", "no-store"} <= set(browser_of_ann.get(path)["Cache-Control"].split(", "))


def test_the_pages_forbid_inline_scripts_and_styles(client: Client) -> None:
    answer = client.get("/sign-in/")

    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert not re.search(r"<script(?! type=\"module\" src=)", answer.content.decode())
    assert "style=" not in answer.content.decode()
