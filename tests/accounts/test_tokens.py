"""Tokens: made, refreshed, believed, refused."""

import json
import time
from typing import Any

import jwt
import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from accounts.tokens import InvalidToken, access_token, identify_token
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

HOUR = 3600
OTHER_KEY = "another key, long enough to be taken for one by the algorithm, sixty-four bytes"


def claims(user: User, **changes: Any) -> dict[str, Any]:
    """An access token's claims; a change to None leaves one out."""
    said = {"sub": str(user.pk), "exp": int(time.time()) + HOUR, "token_type": "access", "ver": user.token_version}
    return {name: value for name, value in (said | changes).items() if value is not None}


def sign(said: dict[str, Any], key: str | None = None, algorithm: str = "HS256") -> str:
    return jwt.encode(said, settings.SECRET_KEY if key is None else key, algorithm)


def post(path: str, data: object) -> Any:
    return Client().post(path, json.dumps(data), content_type="application/json")


def test_an_access_token_names_its_user_for_an_hour(ann: User) -> None:
    identity = identify_token(access_token(ann))

    assert identity.user == ann
    assert identity.version == 0
    assert identity.expires_at == pytest.approx(time.time() + HOUR, abs=5)


def test_its_claims_are_those_of_the_contract(ann: User) -> None:
    token = access_token(ann)

    assert jwt.get_unverified_header(token)["alg"] == "HS256"
    said = jwt.decode(token, settings.SECRET_KEY, ["HS256"])
    assert (said["sub"], said["ver"]) == (str(ann.pk), 0)


def test_subject_and_expiry_are_enough(ann: User) -> None:
    assert identify_token(sign(claims(ann, token_type=None, ver=None))).user == ann


def test_a_token_without_version_is_of_version_zero(ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(token_version=1)

    with pytest.raises(InvalidToken):
        identify_token(sign(claims(ann, ver=None)))


BAD_CLAIMS: list[dict[str, Any]] = [
    {"token_type": "refresh"},
    {"token_type": "sliding"},
    {"exp": None},
    {"exp": 1},
    {"exp": "never"},
    {"exp": "99999999999"},
    {"exp": True},
    {"exp": float("nan")},
    {"exp": float("inf")},
    {"exp": 10**400},
    {"exp": [1]},
    {"sub": None},
    {"sub": 1},
    {"sub": ""},
    {"sub": "ann"},
    {"sub": "-1"},
    {"sub": "0"},
    {"sub": "1.0"},
    {"sub": "٣"},
    {"sub": "9" * 19},
    {"sub": "9" * 500},
    {"sub": "1\u0000"},
    {"sub": {"id": 1}},
    {"ver": 1},
    {"ver": -1},
    {"ver": "0"},
    {"ver": False},
    {"ver": [0]},
    {"aud": "somebody else"},
    {"nbf": 99999999999},
]


@pytest.mark.parametrize("changes", BAD_CLAIMS, ids=repr)
def test_wrong_claims_are_invalid_however_well_signed(ann: User, changes: dict[str, Any]) -> None:
    token = sign_any(claims(ann), changes)

    with pytest.raises(InvalidToken):
        identify_token(token)


def sign_any(said: dict[str, Any], changes: dict[str, Any]) -> str:
    """Signed as raw JSON, since the library itself refuses to make some of these."""
    merged = {name: value for name, value in (said | changes).items() if value is not None}
    return jwt.PyJWS().encode(json.dumps(merged).encode(), settings.SECRET_KEY, "HS256")


def test_other_algorithms_and_keys_are_invalid(ann: User) -> None:
    forged = [
        jwt.encode(claims(ann), "", algorithm="none"),
        sign(claims(ann), algorithm="HS512"),
        sign(claims(ann), key=OTHER_KEY),
    ]

    for token in forged:
        with pytest.raises(InvalidToken):
            identify_token(token)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        ".",
        "..",
        "...",
        "a.b.c",
        "null",
        "\u0000",
        "a\u0000.b.c",
        "\ud800",
        "é.é.é",
        "1",
        "e30.e30.e30",
        "." * 3000,
        "[" * 4000,
        "x" * 5_000_000,
    ],
    ids=lambda raw: ascii(raw[:12]),
)
def test_garbage_is_invalid_and_nothing_else(raw: str) -> None:
    with pytest.raises(InvalidToken):
        identify_token(raw)


def test_deep_nesting_is_invalid(ann: User) -> None:
    deep = jwt.PyJWS().encode(b'{"exp":' + b"[" * 1200 + b"]" * 1200 + b"}", settings.SECRET_KEY, "HS256")

    with pytest.raises(InvalidToken):
        identify_token(deep)


def test_nobody_enters_who_is_inactive_or_gone(ann: User, bob: User) -> None:
    tokens = [access_token(ann), access_token(bob)]
    User.objects.filter(pk=ann.pk).update(is_active=False)
    bob.delete()

    for token in tokens:
        with pytest.raises(InvalidToken):
            identify_token(token)


def test_name_and_password_give_a_pair_that_works(ann: User) -> None:
    answer = post("/api/token/", {"username": "Ann", "password": PASSWORD})

    assert answer.status_code == 200
    assert answer.json().keys() == {"access", "refresh"}
    assert identify_token(answer.json()["access"]).user == ann
    with pytest.raises(InvalidToken):
        identify_token(answer.json()["refresh"])


def test_a_password_is_taken_blanks_and_all(ann: User) -> None:
    ann.set_password("  spaced  ")
    ann.save()

    assert post("/api/token/", {"username": "ann", "password": "  spaced  "}).status_code == 200
    assert post("/api/token/", {"username": "ann", "password": "spaced"}).status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"username": "ann", "password": "wrong"}, 401),
        ({"username": "nobody", "password": PASSWORD}, 401),
        ({"username": "ann"}, 400),
        ({}, 400),
        ([], 400),
        ("ann", 400),
        (None, 400),
        ({"username": 1, "password": [1]}, 400),
        ({"username": "a\u0000", "password": PASSWORD}, 400),
        ({"username": "a" * 1000, "password": PASSWORD}, 400),
        ({"username": "ann", "password": "x" * 5000}, 400),
    ],
)
def test_a_bad_body_is_answered_in_json(ann: User, body: object, status: int) -> None:
    answer = post("/api/token/", body)

    assert answer.status_code == status
    assert answer.json()


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"username": "\\ud800", "password": "x"}', b"username=ann"])
def test_what_is_no_json_is_a_bad_request(ann: User, body: bytes) -> None:
    answer = Client().post("/api/token/", body, content_type="application/json")

    assert answer.status_code == 400


def test_a_refresh_token_gives_an_access_token_while_its_user_may_enter(ann: User) -> None:
    refresh = post("/api/token/", {"username": "ann", "password": PASSWORD}).json()["refresh"]

    assert identify_token(post("/api/token/refresh/", {"refresh": refresh}).json()["access"]).user == ann

    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert post("/api/token/refresh/", {"refresh": refresh}).status_code == 401

    User.objects.filter(pk=ann.pk).update(is_active=True, token_version=1)
    assert post("/api/token/refresh/", {"refresh": refresh}).status_code == 401


@pytest.mark.parametrize("refresh", ["", "x", 1, None, "\u0000", "x" * 5000])
def test_a_bad_refresh_token_is_refused(refresh: object) -> None:
    assert post("/api/token/refresh/", {"refresh": refresh}).status_code in {400, 401}


def test_an_access_token_does_not_refresh(ann: User) -> None:
    for token in (access_token(ann), sign(claims(ann, token_type=None))):
        assert post("/api/token/refresh/", {"refresh": token}).status_code == 401


def test_rest_believes_a_bearer_token_and_asks_for_one(ann: User) -> None:
    def ask(header: str) -> Any:
        return Client().get("/api/sessions/1/events/", headers={"Authorization": header})

    assert ask(f"Bearer {access_token(ann)}").status_code == 404  # somebody, and there is no such session
    for header in ("Bearer", "Bearer x", "Bearer \u00e9", f"Bearer {access_token(ann)} x", "Basic YTpi"):
        answer = ask(header)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", ["/api/token/", "/api/token/refresh/"])
@pytest.mark.parametrize("body", [b"[" * 50_000, b'{"username":' * 5_000, b"[" * 20_000 + b"]" * 20_000])
def test_deep_json_is_a_bad_request(db: None, path: str, body: bytes) -> None:
    answer = Client().post(path, body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()
    assert "no-store" in answer["Cache-Control"]
