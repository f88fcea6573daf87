"""`GET /api/sessions/{session_id}/events/`."""

import json
from collections.abc import Callable
from itertools import chain
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from accounts.models import User
from game.campaign.models import Membership
from game.engine.api import Reading
from game.engine.models import LogEntry, Session
from tests.engine.rest.conftest import Table

Api = Callable[[User | None], APIClient]


def page(client: APIClient, table: Table, **query: Any) -> tuple[list[int], int | None]:
    """The seqs of a page, and its `next`."""
    response = client.get(f"/api/sessions/{table.session.pk}/events/", query)
    assert response.status_code == 200, response.content
    body = response.json()
    return [frame["seq"] for frame in body["results"]], body["next"]


def fill(table: Table, entries: int, **options: Any) -> None:
    for number in range(entries):
        table.log(f"line {number}", **options)


def test_frames_come_as_they_were_broadcast(api: Api, table: Table) -> None:
    table.log("hello")

    response = api(table.users["carol"]).get(f"/api/sessions/{table.session.pk}/events/")

    assert response.json() == {
        "results": [{"event": "chat_message", "data": {"message": "hello"}, "seq": 1}],
        "next": None,
    }


def test_the_newest_come_first_when_nothing_is_asked_and_a_hundred_of_them(api: Api, table: Table) -> None:
    fill(table, 103)

    assert page(api(table.users["alice"]), table) == (list(range(4, 104)), 4)
    assert page(api(table.users["alice"]), table, before=4) == ([1, 2, 3], None)


def test_after_goes_forward_from_the_oldest(api: Api, table: Table) -> None:
    fill(table, 5)
    client = api(table.users["alice"])

    assert page(client, table, after=0, limit=2) == ([1, 2], 2)
    assert page(client, table, after=2, limit=2) == ([3, 4], 4)
    assert page(client, table, after=4, limit=2) == ([5], None)
    assert page(client, table, after=5, limit=2) == ([], None)


def test_before_goes_back_from_the_newest(api: Api, table: Table) -> None:
    fill(table, 5)
    client = api(table.users["alice"])

    assert page(client, table, before=5, limit=2) == ([3, 4], 3)
    assert page(client, table, before=3, limit=2) == ([1, 2], None)


def test_before_bounds_what_follows_after(api: Api, table: Table) -> None:
    fill(table, 5)

    assert page(api(table.users["alice"]), table, after=1, before=5, limit=2) == ([2, 3], 3)
    assert page(api(table.users["alice"]), table, after=3, before=5, limit=2) == ([4], None)


SECRETS = [None, '{"role":"dm","users":[]}', '{"role":null,"users":[%(bob)d]}', '{"role":"player","users":[]}']


SEES = {"dm": {0, 1, 3}, "alice": {0, 3}, "bob": {0, 2, 3}, "carol": {0}}


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(kinds=st.lists(st.integers(0, 3), max_size=12), limit=st.integers(1, 5))
def test_pages_join_to_all_that_one_may_see(api: Api, table: Table, kinds: list[int], limit: int) -> None:
    """Page by page, in both directions: each visible entry once, in order, and no other."""
    LogEntry.objects.all().delete()
    table.session.seq = 0
    bob = table.users["bob"].pk
    for kind in kinds:
        secret = SECRETS[kind]
        table.log("a line", audience=secret and secret.replace("%(bob)d", str(bob)))

    for name, sees in SEES.items():
        visible = [place for place, kind in enumerate(kinds, start=1) if kind in sees]
        client = api(table.users[name])
        assert list(chain(*pages(client, table, limit, forward=True))) == visible
        assert list(chain(*reversed(pages(client, table, limit, forward=False)))) == visible


def pages(client: APIClient, table: Table, limit: int, *, forward: bool) -> list[list[int]]:
    """The seqs of each page, as one leafs through them."""
    found = []
    query: dict[str, int] | None = {"after": 0} if forward else {}
    while query is not None:
        seqs, following = page(client, table, limit=limit, **query)
        assert len(seqs) <= limit
        found.append(seqs)
        query = None if following is None else {"after" if forward else "before": following}
    return found


@pytest.mark.parametrize(
    "query",
    ["after=x", "after=-1", "before=1.5", "after=9223372036854775808", "limit=0", "limit=5001"],
)
def test_a_page_that_cannot_be_is_refused_and_named(api: Api, table: Table, query: str) -> None:
    response = api(table.users["alice"]).get(f"/api/sessions/{table.session.pk}/events/?{query}")

    assert response.status_code == 400
    assert list(response.json()) == [query.split("=")[0]]


def test_five_thousand_come_at_once(api: Api, table: Table, django_assert_max_num_queries: Any) -> None:
    table.log("a line")
    first = LogEntry.objects.get()
    LogEntry.objects.bulk_create(
        LogEntry(session=table.session, seq=seq, event="chat_message", data="{}", created_at=first.created_at)
        for seq in range(2, 5003)
    )

    with django_assert_max_num_queries(4):
        seqs, following = page(api(table.users["alice"]), table, limit=5000)

    assert (seqs[0], seqs[-1], following) == (3, 5002, 3)


@pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume")
def test_a_page_ends_at_a_mebibyte_and_says_where_the_next_begins(api: Api, table: Table) -> None:
    for _ in range(5):
        table.log("é" * 200_000)  # 400 kB each
    table.log("x" * 1_500_000)
    table.log("the last")
    client = api(table.users["alice"])

    assert page_of_stream(client, table, after=0, limit=100) == ([1, 2], 2)
    assert page_of_stream(client, table, after=4, limit=100) == ([5], 5)
    assert page_of_stream(client, table, after=5, limit=100) == ([6], 6)
    assert page(client, table, after=6, limit=100) == ([7], None)
    assert page(client, table, limit=100) == ([7], 7)
    assert page_of_stream(client, table, before=6, limit=100) == ([4, 5], 4)


def page_of_stream(client: APIClient, table: Table, **query: Any) -> tuple[list[int], int | None]:
    """As `page`, of one that is longer than what is answered whole."""
    response = client.get(f"/api/sessions/{table.session.pk}/events/", query)
    body = json.loads(b"".join(response))
    return [frame["seq"] for frame in body["results"]], body["next"]


def test_who_reads_without_end_is_asked_to_wait(api: Api, table: Table) -> None:
    table.log("x" * 200_000)
    client, address = api(table.users["alice"]), f"/api/sessions/{table.session.pk}/events/"

    with mock.patch.object(Reading, "rate", "5/min"), mock.patch.object(Reading, "unit", 100_000):
        answers = [client.get(address) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert api(table.users["bob"]).get(address).status_code == 200


UNKNOWN = [0, -1, 10**6, 2**63 - 1, 2**63, -(2**63) - 1, 10**30, "x", "1x", "٣", "1_0", "+1", "1.0"]


@pytest.mark.parametrize("address", ["/api/sessions/{}/events/", "/ws/room/{}/info"])
@pytest.mark.parametrize("session_id", UNKNOWN)
def test_an_unknown_session_is_not_found(api: Api, table: Table, address: str, session_id: object) -> None:
    response = api(table.users["dm"]).get(address.format(session_id))

    assert response.status_code == 404
    assert response.json() == {"detail": "Session not found"}


@pytest.mark.parametrize("address", ["/api/sessions/{}/events/", "/ws/room/{}/info"])
def test_another_campaigns_session_looks_like_none(api: Api, table: Table, address: str) -> None:
    stranger = User.objects.create_user("stranger")
    banned = table.users["alice"]
    Membership.objects.filter(user=banned).update(banned=True)
    unknown = api(stranger).get(address.format(Session.objects.order_by("pk").last().pk + 1))  # type: ignore[union-attr]

    for user in (stranger, banned):
        response = api(user).get(address.format(table.session.pk))
        assert (response.status_code, response.content) == (404, unknown.content)


@pytest.mark.parametrize("address", ["/api/sessions/{}/events/", "/ws/room/{}/info"])
@pytest.mark.parametrize("session_id", ["of the table", "x", 10**30])
def test_nobody_is_refused_before_anything_else(api: Api, table: Table, address: str, session_id: object) -> None:
    session_id = table.session.pk if session_id == "of the table" else session_id

    assert api(None).get(address.format(session_id)).status_code == 401
    client = api(None)
    client.credentials(HTTP_AUTHORIZATION="Bearer nonsense")
    assert client.get(address.format(session_id)).status_code == 401
