"""The odds of a formula, asked for while it is typed."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from game.roles import Role
from tests.engine.rest.conftest import Table

Api = Callable[[User | None], APIClient]
ADDRESS = "/api/dice/preview/"


def test_a_formula_has_range_mean_and_bars(table: Table, api: Api) -> None:
    answer = api(table.users["alice"]).get(ADDRESS, {"formula": "2d6+3 x2"}).json()

    assert (answer["low"], answer["high"], answer["mean"], answer["repeats"]) == (5, 15, 10.0, 2)
    assert answer["deviation"] == pytest.approx(2.415, abs=0.001)
    assert answer["bars"][5] == {"low": 10, "high": 10, "probability": pytest.approx(1 / 6)}
    assert (answer["tail"], answer["message"]) == (0.0, None)


def test_what_is_too_much_work_says_so(table: Table, api: Api) -> None:
    answer = api(table.users["alice"]).get(ADDRESS, {"formula": "1000d6"})

    assert answer.status_code == 200
    assert answer.json()["bars"] is None
    assert answer.json()["message"]


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"formula": "2d6+"}, "syntax"),
        ({}, "empty"),
        ({"formula": "1" * 501}, "too_long"),
        ({"formula": "é"}, "character"),
    ],
)
def test_what_is_no_formula_says_why(table: Table, api: Api, query: dict[str, str], reason: str) -> None:
    answer = api(table.users["alice"]).get(ADDRESS, query)

    assert answer.status_code == 200
    assert answer.json()["reason"] == reason
    assert answer.json()["message"]
    assert answer.json()["bars"] is None


def test_nobody_gets_no_answer(db: None, api: Api) -> None:
    assert api(None).get(ADDRESS, {"formula": "1d20"}).status_code == 401


def test_asking_without_end_is_refused(table: Table, api: Api) -> None:
    client = api(table.seat("mallory", Role.PLAYER))

    statuses = [client.get(ADDRESS, {"formula": "1d20"}).status_code for _ in range(301)]

    assert statuses[:300] == [200] * 300
    assert statuses[300] == 429
