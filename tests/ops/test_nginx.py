"""The recommended proxy: nginx with deploy/nginx.conf before a real server."""

import asyncio
import http.client
import json
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from urllib.parse import urlencode

import pytest

from rollscape.server import PING
from tests.conftest import StartServer
from tests.ops.proxy import CONFIGURATION, ORIGIN, Nginx
from tests.support.server import ServerProcess
from tests.support.table import Rooms, Table
from tests.support.web import Response

TOKEN = "the-token-for-the-metrics-of-the-tests"
MARK = "xyzzy"


@pytest.fixture(scope="module")
def rooms(start_server: StartServer) -> Rooms:
    settings = {"ROLLSCAPE_URL": ORIGIN, "ROLLSCAPE_METRICS": TOKEN, "ROLLSCAPE_LOG": "json"}
    return Rooms(start_server("uvicorn-sqlite", **settings), 8)


@pytest.fixture(scope="module")
def nginx(rooms: Rooms, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    nginx = Nginx(tmp_path_factory.mktemp("nginx"), rooms.server.port)
    yield nginx
    nginx.stop()


def sign_in(nginx: Nginx, rooms: Rooms) -> SimpleCookie:
    """The cookies of the demo table's dm, who used the page."""
    page = nginx.get("/sign-in/")
    cookies = SimpleCookie(page.headers["Set-Cookie"])
    proof = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
    assert proof
    dm = rooms.demo["users"]["dm"]
    form = {"csrfmiddlewaretoken": proof[1].decode(), "username": dm["username"], "password": dm["password"]}
    sent = {"Cookie": f"csrftoken={cookies['csrftoken'].value}", "Origin": ORIGIN}
    answer = nginx.post("/sign-in/", urlencode(form).encode(), Content_Type="application/x-www-form-urlencoded", **sent)
    assert answer.status == 302, answer.body
    for header in answer.headers.get_all("Set-Cookie", []):
        cookies.load(header)
    return cookies


async def test_a_browser_signs_in_and_plays(nginx: Nginx, rooms: Rooms) -> None:
    cookies = await asyncio.to_thread(sign_in, nginx, rooms)
    session = rooms.demo["session"]

    client = await nginx.connect(session, cookie=f"sessionid={cookies['sessionid'].value}")

    await client.expect("room_joined")
    await client.sends_acked("chat_message", {"message": "Hail!"})
    await client.expect("chat_message", message="Hail!")
    await client.close()
    for name in ("sessionid", "csrftoken"):
        assert cookies[name]["secure"], name


def test_without_tls_there_is_only_the_way_to_it(nginx: Nginx) -> None:
    answer = nginx.get_plain("/play/1/?a=b")

    assert (answer.status, answer.headers["Location"]) == (301, f"{ORIGIN}/play/1/?a=b")
    assert int(nginx.get("/").headers["Strict-Transport-Security"].split("=")[1]) > 0


def guess(nginx: Nginx, address: str, number: int = 0) -> Response:
    claimed = {"X_Forwarded_For": f"203.0.113.{number}", "Forwarded": f"for=203.0.113.{number}"}
    return nginx.post("/api/token/", {"username": "dm", "password": "wrong"}, address=address, **claimed)


def test_who_guesses_passwords_is_locked_out_by_their_own_address_whatever_they_claim(nginx: Nginx) -> None:
    answers = [guess(nginx, "127.0.0.2", number).status for number in range(12)]

    assert answers[0] == 401
    assert answers[-1] == 429
    assert guess(nginx, "127.0.0.3").status == 401


def test_who_reaches_the_server_past_the_proxy_cannot_claim_an_address(rooms: Rooms) -> None:
    def guess_directly(number: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", rooms.server.port, source_address=("127.0.0.4", 0))
        headers = {"X-Forwarded-For": f"203.0.113.{number}", "Content-Type": "application/json"}
        connection.request("POST", "/api/token/", json.dumps({"username": "dm", "password": "wrong"}), headers)
        try:
            return connection.getresponse().status
        finally:
            connection.close()

    assert [guess_directly(number) for number in range(12)][-1] == 429


async def test_the_servers_log_has_the_clients_address(nginx: Nginx, table: Table) -> None:
    client = await nginx.connect(table.session, bearer=table.tokens["alice"], address="127.0.0.5")
    await client.expect("room_joined")
    await client.close()

    opened = [json.loads(line) for line in table.server.log.splitlines()]
    assert next(line["address"] for line in opened if line.get("session") == table.session) == "127.0.0.5"


async def test_frames_may_be_as_large_as_the_server_allows(nginx: Nginx, table: Table) -> None:
    alice = await nginx.connect(table.session, bearer=table.tokens["alice"])
    await alice.expect("room_joined")

    refused = await alice.refused("chat_message", {"message": "x" * 60_000})
    assert refused["code"] == "invalid"
    await alice.send_text("x" * 300_000)
    assert await alice.close_code() == 4009
    assert nginx.post("/api/token/", b"x" * 1_500_000).status == 413


def test_the_metrics_stay_inside(nginx: Nginx, rooms: Rooms) -> None:
    for path in ("/metrics", "//metrics", "/%6detrics", "/metrics?x", "/x/../metrics", "/metrics/"):
        assert nginx.get(path, Authorization=f"Bearer {TOKEN}").status == 404, path

    assert rooms.server.get("/metrics", token=TOKEN).status == 200


def test_a_silent_connection_outlives_the_pings() -> None:
    waits = re.findall(r"proxy_(?:read|send)_timeout (\d+)s;", CONFIGURATION.read_text())

    assert len(waits) == 2
    assert min(map(int, waits)) > 2 * PING


async def test_no_key_reaches_a_log(nginx: Nginx, table: Table) -> None:
    alice = await nginx.connect(table.session, token=table.tokens["alice"])
    await alice.expect("room_joined")
    await alice.close()
    await (await nginx.connect(table.session, token=MARK)).close_code()
    for path in (f"/join/{MARK}/", f"/password-reset/{MARK}/{MARK}/", f"/lobby/?next={MARK}"):
        nginx.get(path, Referer=f"{ORIGIN}/join/{MARK}/", Cookie=f"sessionid={MARK}", User_Agent=MARK)
    assert table.server.get(f"/{MARK}", headers={"Host": f"{MARK}.example"}).status == 400  # past the proxy
    await asyncio.to_thread(table.server.kill)
    assert nginx.get(f"/api/schema/?token={MARK}").status == 502
    await asyncio.to_thread(table.server.start)

    for logs in (nginx.logs, table.server.log):
        assert MARK not in logs
        assert table.tokens["alice"] not in logs
    assert "GET /join/- " in nginx.logs
    assert f"GET /ws/game/{table.session} 101" in nginx.logs


async def test_a_restart_is_announced_through_it(nginx: Nginx, table: Table) -> None:
    alice = await nginx.connect(table.session, bearer=table.tokens["alice"])
    await alice.expect("room_joined")

    table.server.terminate()
    assert await alice.close_code() == 4200
    await asyncio.to_thread(table.server.wait)
    await asyncio.to_thread(table.server.start)

    back = await nginx.connect(table.session, bearer=table.tokens["alice"])
    await back.expect("room_joined")
    await back.close()


def test_health_is_seen_through_it(nginx: Nginx, rooms: Rooms) -> None:
    assert nginx.get("/readyz").status == 200
    server: ServerProcess = rooms.server
    assert server.get("/readyz").status == 200
