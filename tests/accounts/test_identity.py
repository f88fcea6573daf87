"""Who opens a socket: subprotocol, query, cookie, in this order."""

import time
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.identity import Identity, InvalidToken, identify, still_valid
from accounts.models import User
from accounts.revocation import sign_out_everywhere
from accounts.tokens import access_token

pytestmark = pytest.mark.django_db

HOST = "play.example:8000"
OWN = f"http://{HOST}"


def scope(
    *, token: str | None = None, query: bytes = b"", cookie: str | None = None, origin: str | None = OWN, **more: Any
) -> dict[str, Any]:
    headers = [(b"host", HOST.encode())]
    if cookie is not None:
        headers.append((b"cookie", f"other=1; {configured.SESSION_COOKIE_NAME}={cookie}".encode()))
    if origin is not None:
        headers.append((b"origin", origin.encode("latin-1")))
    subprotocols = ["rollscape.v1"] + ([f"bearer.{token}"] if token is not None else [])
    return {"scheme": "ws", "query_string": query, "headers": headers, "subprotocols": subprotocols} | more


def key_of(browser: Client) -> str:
    return browser.cookies[configured.SESSION_COOKIE_NAME].value


def test_a_bearer_subprotocol_says_who_it_is_and_until_when(ann: User) -> None:
    identity = identify(scope(token=access_token(ann), origin=None))

    assert (identity.user_id, identity.username, identity.token_version) == (ann.pk, "ann", 0)
    assert identity.expires_at == pytest.approx(time.time() + 3600, abs=5)
    assert identity.session_key is None


def test_a_token_in_the_query_will_do(ann: User) -> None:
    query = f"a&token={access_token(ann)}&character_id=%zz".encode()

    assert identify(scope(query=query, origin="http://elsewhere.example")).user_id == ann.pk


def test_the_cookie_will_do_for_the_sites_own_pages(ann: User, browser_of_ann: Client) -> None:
    identity = identify(scope(cookie=key_of(browser_of_ann)))

    assert identity == Identity(ann.pk, "ann", "", 0, None, key_of(browser_of_ann))


def test_the_first_one_present_decides(ann: User, bob: User, browser_of_ann: Client) -> None:
    cookie, query = key_of(browser_of_ann), f"token={access_token(ann)}".encode()

    assert identify(scope(token=access_token(bob), query=query, cookie=cookie)).user_id == bob.pk
    for refused in ({"token": "x", "query": query}, {"token": ""}, {"query": b"token=x"}, {"query": b"token="}):
        with pytest.raises(InvalidToken):
            identify(scope(cookie=cookie, **refused))


@pytest.mark.parametrize(
    "query",
    [
        b"",
        b"&&&",
        b"=",
        b"token",
        b"token=%00",
        b"token=%ff%fe",
        b"token=\xff",
        b"token=x&token=y",
        b"%",
        b"a=1;token=x",
        b"&" * 20_000,
        b"token=" + b"x" * 60_000,
    ],
    ids=lambda query: ascii(query[:16]),
)
def test_an_odd_query_is_nobody_and_no_error(query: bytes) -> None:
    with pytest.raises(InvalidToken):
        identify(scope(query=query))


@pytest.mark.parametrize("cookie", ["", "x", "0" * 32, '"\\000bcdefghijklmnop"', "é" * 32, "a b", "../../etc/passwd"])
def test_an_odd_cookie_is_nobody_and_no_error(cookie: str) -> None:
    with pytest.raises(InvalidToken):
        identify(scope(cookie=cookie))


def test_nothing_at_all_is_nobody() -> None:
    with pytest.raises(InvalidToken):
        identify({"type": "websocket"})


@pytest.mark.parametrize(
    ("origin", "scheme"),
    [
        (None, "ws"),
        ("", "ws"),
        ("null", "ws"),
        ("http://play.example", "ws"),
        ("http://play.example:8001", "ws"),
        ("https://play.example:8000", "ws"),
        ("http://play.example:8000", "wss"),
        ("http://evil.example:8000", "ws"),
        ("http://play.example:8000.evil.example", "ws"),
        ("http://user@play.example:8000", "ws"),
        ("http://play.example:8000/path", "ws"),
        ("http://[", "ws"),
        ("http://play.example:99999", "ws"),
        ("file://play.example:8000", "ws"),
    ],
)
def test_a_cookie_from_elsewhere_is_refused(browser_of_ann: Client, origin: str | None, scheme: str) -> None:
    with pytest.raises(InvalidToken):
        identify(scope(cookie=key_of(browser_of_ann), origin=origin, scheme=scheme))


def test_two_origins_are_refused(browser_of_ann: Client) -> None:
    asked = scope(cookie=key_of(browser_of_ann))
    asked["headers"].append((b"origin", b"http://evil.example"))

    with pytest.raises(InvalidToken):
        identify(asked)


@pytest.mark.parametrize("origin", ["HTTP://Play.Example:8000", OWN])
def test_the_sites_own_origin_in_any_case(browser_of_ann: Client, origin: str) -> None:
    assert identify(scope(cookie=key_of(browser_of_ann), origin=origin))


def test_default_ports_need_not_be_named(browser_of_ann: Client) -> None:
    asked = scope(cookie=key_of(browser_of_ann), origin="https://play.example", scheme="wss")
    asked["headers"][0] = (b"host", b"play.example:443")

    assert identify(asked)


def test_the_configured_addresses_are_the_sites_own(browser_of_ann: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://table.example"
    settings.CSRF_TRUSTED_ORIGINS = ["https://table.example", "https://friends.example"]

    for origin in ("https://table.example", "https://friends.example"):
        assert identify(scope(cookie=key_of(browser_of_ann), origin=origin))


def test_an_ended_session_is_nobody(ann: User, browser_of_ann: Client) -> None:
    cookie = key_of(browser_of_ann)

    browser_of_ann.post("/sign-out/")

    with pytest.raises(InvalidToken):
        identify(scope(cookie=cookie))


def test_a_session_of_before_the_sign_out_everywhere_is_nobody(ann: User, browser_of_ann: Client) -> None:
    sign_out_everywhere(ann)

    with pytest.raises(InvalidToken):
        identify(scope(cookie=key_of(browser_of_ann)))


def test_a_session_outlives_a_new_secret_key_as_long_as_the_old_one_is_named(
    browser_of_ann: Client, settings: Settings
) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new key that nobody has guessed so far, long enough"

    # Signed sessions live in the database; only the hash in them depends on the key.
    data = Session.objects.get().get_decoded()
    assert data
    identity = identify(scope(cookie=key_of(browser_of_ann)))

    assert identity.session_key == key_of(browser_of_ann)


@pytest.mark.parametrize("change", [{"is_active": False}, {"token_version": 1}])
def test_a_cookie_of_somebody_who_may_not_enter_is_nobody(
    ann: User, browser_of_ann: Client, change: dict[str, Any]
) -> None:
    User.objects.filter(pk=ann.pk).update(**change)

    with pytest.raises(InvalidToken):
        identify(scope(cookie=key_of(browser_of_ann)))


def test_a_bare_user_id_is_a_token_only_where_the_setting_says_so(ann: User, settings: Settings) -> None:
    asked = scope(query=f"token={ann.pk}".encode())
    with pytest.raises(InvalidToken):
        identify(asked)

    settings.INSECURE_TOKENS = True
    assert identify(asked) == Identity(ann.pk, "ann", "", 0, None, None)
    for nobody in (b"token=0", b"token=%D9%A3", b"token=" + b"9" * 400):
        with pytest.raises(InvalidToken):
            identify(scope(query=nobody))

    User.objects.filter(pk=ann.pk).update(is_active=False)
    with pytest.raises(InvalidToken):
        identify(asked)


def test_still_valid_keeps_who_may_stay_in_two_queries(
    ann: User, bob: User, browser_of_ann: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    by_cookie = identify(scope(cookie=key_of(browser_of_ann)))
    by_token = identify(scope(token=access_token(bob)))
    signed_out = replace(by_cookie, session_key="0" * 32)
    revoked = replace(by_token, token_version=7)
    expired = replace(by_token, expires_at=time.time() - 1)
    unknown = replace(by_token, user_id=10**6)

    with django_assert_max_num_queries(2):
        valid = still_valid([by_cookie, by_token, signed_out, revoked, expired, unknown])

    assert valid == {by_cookie, by_token}
    assert still_valid([]) == set()


def test_still_valid_lets_go_of_the_inactive_and_of_expired_sessions(
    ann: User, bob: User, browser_of_ann: Client
) -> None:
    by_cookie = identify(scope(cookie=key_of(browser_of_ann)))
    by_token = identify(scope(token=access_token(bob)))
    Session.objects.update(expire_date=timezone.now())
    User.objects.filter(pk=bob.pk).update(is_active=False)

    assert still_valid([by_cookie, by_token]) == set()
