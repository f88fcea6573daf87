"""Which tokens are accepted, and where they come from."""

import time
from typing import Any

import jwt
import pytest

from tests.support.table import Rooms, Table
from tests.support.tokens import claims, expiring, forge


@pytest.fixture
def key(table: Table) -> str:
    return table.server.secret_key


@pytest.fixture
def pair(rooms: Rooms) -> dict[str, str]:
    """What the demo table's alice gets for her password."""
    answer = rooms.server.post(
        "/api/token/", {"username": "alice", "password": rooms.demo["users"]["alice"]["password"]}
    )
    assert answer.status == 200
    return dict(answer.json)


async def refuses(table: Table, token: str) -> bool:
    """True when the socket closes with 4001 and REST says 401."""
    client = await table.connect(token)
    over_rest = table.server.get(f"/ws/room/{table.session}/info", token=token)
    return await client.close_code() == 4001 and over_rest.status == 401


async def test_a_token_says_who_and_until_when(pair: dict[str, str]) -> None:
    said = claims(pair["access"])

    assert jwt.get_unverified_header(pair["access"])["alg"] == "HS256"
    assert isinstance(said["sub"], str)
    assert said["exp"] - said["iat"] == 3600
    assert claims(pair["refresh"])["exp"] - claims(pair["refresh"])["iat"] == 30 * 24 * 3600


async def test_a_token_signed_with_the_servers_key_is_accepted(table: Table, key: str) -> None:
    # Without this, the refusals below would mean nothing.
    client = await table.connect(expiring(table.tokens["alice"], key, 60))

    assert await client.expect("room_joined")


async def test_a_token_signed_by_hand_needs_a_sub_and_an_end(table: Table, key: str) -> None:
    said = {"sub": str(table.user_id("alice")), "exp": int(time.time()) + 60}

    client = await table.connect(jwt.encode(said, key, "HS256"))

    assert await client.expect("room_joined")


async def test_an_unsigned_token_is_refused(table: Table) -> None:
    assert await refuses(table, forge(table.tokens["alice"], "", algorithm="none"))


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
async def test_another_algorithm_is_refused(table: Table, key: str, algorithm: str) -> None:
    assert await refuses(table, forge(table.tokens["alice"], key, algorithm=algorithm))


async def test_another_key_is_refused(table: Table, key: str) -> None:
    assert await refuses(table, forge(table.tokens["alice"], key[::-1]))


async def test_a_changed_token_is_refused(table: Table) -> None:
    head, _, signature = table.tokens["alice"].split(".")
    body = forge(table.tokens["bob"], "another key of thirty-two letters").split(".")[1]

    assert await refuses(table, f"{head}.{body}.{signature}")


async def test_a_token_without_an_end_is_refused(table: Table, key: str) -> None:
    assert await refuses(table, forge(table.tokens["alice"], key, exp=None))


async def test_a_token_with_a_senseless_end_is_refused(table: Table, key: str, subtests: pytest.Subtests) -> None:
    ends: tuple[Any, ...] = ("tomorrow", "", -1, [], {}, True)
    for end in ends:
        with subtests.test(end=end):
            assert await refuses(table, forge(table.tokens["alice"], key, exp=end))


async def test_an_expired_token_is_refused(table: Table, key: str) -> None:
    assert await refuses(table, expiring(table.tokens["alice"], key, -1))


async def test_a_token_of_nobody_is_refused(table: Table, key: str, subtests: pytest.Subtests) -> None:
    for sub in (None, "", "alice", "999999999", "-1", "9" * 400, "1.5"):
        with subtests.test(sub):
            assert await refuses(table, forge(table.tokens["alice"], key, sub=sub))


async def test_a_refresh_token_is_no_access_token(rooms: Rooms, pair: dict[str, str]) -> None:
    async with rooms.demo_table() as table:
        assert await refuses(table, pair["refresh"])


async def test_an_inactive_user_is_refused(table: Table) -> None:
    table.server.shell(
        "from accounts.models import User;"
        f"user = User.objects.get(pk={table.user_id('bob')}); user.is_active = False; user.save()"
    )

    assert await refuses(table, table.tokens["bob"])


# Where they come from ---------------------------------------------------------------------------


async def test_name_and_password_give_a_pair_that_opens_a_socket(rooms: Rooms, pair: dict[str, str]) -> None:
    async with rooms.demo_table() as table:
        client = await table.connect(pair["access"])

        assert (await client.expect("room_joined"))["player"]["username"] == "alice"


async def test_a_wrong_password_gives_nothing(rooms: Rooms) -> None:
    answer = rooms.server.post("/api/token/", {"username": "bob", "password": "wrong"})

    assert answer.status == 401
    assert "access" not in answer.json


@pytest.mark.parametrize("data", [{}, [], {"username": "bob"}, {"username": 1, "password": []}, "text"])
async def test_senseless_credentials_are_refused(rooms: Rooms, data: object) -> None:
    assert rooms.server.post("/api/token/", data).status in {400, 401}


async def test_a_refresh_token_gives_an_access_token(rooms: Rooms, pair: dict[str, str]) -> None:
    async with rooms.demo_table() as table:
        answer = table.server.post("/api/token/refresh/", {"refresh": pair["refresh"]})

        assert answer.status == 200
        client = await table.connect(answer.json["access"])
        assert await client.expect("room_joined")


async def test_an_access_token_refreshes_nothing(table: Table) -> None:
    answer = table.server.post("/api/token/refresh/", {"refresh": table.tokens["alice"]})

    assert answer.status == 401
