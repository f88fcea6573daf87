"""Who are you, and where do you want to go: the first moments of a socket."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.support.client import Client
from tests.support.table import Rooms, Table
from tests.support.web import Browser

FOREIGN = "https://elsewhere.example"


async def close_code(table: Table, bearer: str | None = None, /, **how: Any) -> int:
    """How a socket ends that is refused: it hears nothing before."""
    client = await table.connect(bearer, **how)
    code = await client.close_code()
    assert client.frames == []
    return code


async def joins(table: Table, name: str, bearer: str | None = None, /, **how: Any) -> Client:
    """The socket, which must be this member's."""
    client = await table.connect(bearer, **how)
    joined = await client.expect("room_joined")
    assert joined["player"]["user_id"] == table.user_id(name)
    return client


# Who --------------------------------------------------------------------------------------------


async def test_a_bearer_subprotocol_proves_who_one_is(table: Table) -> None:
    client = await joins(table, "alice", subprotocols=["rollscape.v1", f"bearer.{table.tokens['alice']}"])

    assert client.connection.subprotocol == "rollscape.v1"


async def test_a_token_in_the_query_proves_who_one_is(table: Table) -> None:
    client = await joins(table, "alice", token=table.tokens["alice"])

    assert client.connection.subprotocol is None


async def test_a_token_in_the_query_goes_with_an_offered_subprotocol(table: Table) -> None:
    client = await joins(table, "alice", subprotocols=["rollscape.v1"], token=table.tokens["alice"])

    assert client.connection.subprotocol == "rollscape.v1"


@pytest.fixture
async def demo(rooms: Rooms) -> AsyncIterator[Table]:
    """The demo table, whose people have passwords."""
    async with rooms.demo_table() as table:
        yield table


@pytest.fixture
def cookie(rooms: Rooms) -> str:
    """What the browser of the demo table's alice sends, once she has signed in."""
    browser = Browser(rooms.server.port)
    browser.sign_in("alice", rooms.demo["users"]["alice"]["password"])
    return browser.cookie


async def test_a_cookie_proves_who_one_is_on_the_sites_own_pages(demo: Table, cookie: str) -> None:
    await joins(demo, "alice", cookie=cookie, origin=demo.server.origin)


@pytest.mark.parametrize("origin", [FOREIGN, None, "null", "http://127.0.0.1:1", "https://127.0.0.1:{port}"])
async def test_a_cookie_from_elsewhere_is_not_believed(demo: Table, cookie: str, origin: str | None) -> None:
    there = origin and origin.format(port=demo.server.port)

    assert await close_code(demo, cookie=cookie, origin=there) == 4001


async def test_a_wrong_cookie_is_refused(demo: Table) -> None:
    assert await close_code(demo, cookie="sessionid=0123456789abcdef", origin=demo.server.origin) == 4001


async def test_a_token_decides_before_the_cookie(demo: Table, cookie: str) -> None:
    browser = {"cookie": cookie, "origin": demo.server.origin}

    await joins(demo, "bob", demo.tokens["bob"], **browser)
    await joins(demo, "bob", token=demo.tokens["bob"], **browser)
    assert await close_code(demo, "wrong", **browser) == 4001
    assert await close_code(demo, token="wrong", **browser) == 4001
    assert await close_code(demo, token="", **browser) == 4001


async def test_the_subprotocol_decides_before_the_query(table: Table) -> None:
    await joins(table, "alice", table.tokens["alice"], token=table.tokens["bob"])
    await joins(table, "alice", table.tokens["alice"], token="wrong")

    assert await close_code(table, "wrong", token=table.tokens["alice"]) == 4001


async def test_a_token_needs_no_origin_of_the_site(table: Table) -> None:
    await joins(table, "alice", table.tokens["alice"], origin=FOREIGN)
    await joins(table, "alice", token=table.tokens["alice"], origin=FOREIGN)


async def test_the_subprotocol_is_answered_even_to_a_refused_token(table: Table) -> None:
    client = await table.connect("wrong")

    assert client.connection.subprotocol == "rollscape.v1"
    assert await client.close_code() == 4001


async def test_what_is_no_token_is_refused(table: Table, subtests: pytest.Subtests) -> None:
    for token in ("", "wrong", "a.b.c", "eyJhbGciOiJIUzI1NiJ9.e30.", "\0", "\x7f", "ü" * 1000):
        with subtests.test(token[:20]):
            assert await close_code(table, token=token) == 4001


async def test_nobody_is_refused(table: Table) -> None:
    assert await close_code(table) == 4001


async def test_a_bare_user_id_is_no_token(table: Table) -> None:
    assert await close_code(table, token=table.user_id("alice")) == 4001


# Where ------------------------------------------------------------------------------------------


async def test_a_trailing_slash_is_accepted(table: Table) -> None:
    client = await Client.connect(f"{table.url}/", table.tokens["alice"])

    assert (await client.expect("room_joined"))["session_id"] == table.session
    await client.close()


UNKNOWN = ("999999999", "0", "-1", "abc", "1.5", "0x10", str(2**63 - 1), str(2**63), str(2**64), "9" * 5000)


async def test_an_unknown_session_is_not_found(table: Table, subtests: pytest.Subtests) -> None:
    for session in UNKNOWN:
        with subtests.test(session[:20]):
            client = await Client.connect(f"{table.server.address}/ws/game/{session}", table.tokens["alice"])
            assert await client.close_code() == 4004
            assert client.frames == []


async def test_a_session_of_another_campaign_looks_like_an_unknown_one(rooms: Rooms, table: Table) -> None:
    async with rooms.take() as elsewhere:
        client = await elsewhere.connect(table.tokens["dm"])

        assert await client.close_code() == 4004
        assert client.frames == []


async def test_a_refusal_says_its_reason(table: Table) -> None:
    nobody = await table.connect()
    stranger = await Client.connect(f"{table.server.address}/ws/game/999999999", table.tokens["alice"])

    codes = await nobody.close_code(), await stranger.close_code()

    assert codes == (4001, 4004)
    assert (nobody.close_reason, stranger.close_reason) == ("Invalid token", "Session not found")


OTHER_PATHS = ["/", "/ws", "/ws/", "/ws/game", "/ws/game/", "/ws/room/1/info", "/ws/game/1/more"]


async def test_any_other_path_is_refused(table: Table, subtests: pytest.Subtests) -> None:
    for path in OTHER_PATHS:
        with subtests.test(path), pytest.raises((InvalidHandshake, ConnectionClosed)):
            await (await connect(table.server.address + path, proxy=None)).recv()

    assert "Traceback" not in table.server.log
