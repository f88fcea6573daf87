"""A session's rolls as a file: what a user may see, and how often."""

from __future__ import annotations

from typing import Any

import pytest

from game.engine.readers import read
from game.protocol import Audience
from game.roles import Role
from tests.dice.fairness.table import begin, download, exported, roll_hidden
from tests.engine.table import Table

DM_ONLY = Audience(Role.DM)


async def test_one_roll_is_exported_with_what_proves_it(table: Table) -> None:
    (alice,) = await begin(table, "alice")
    await alice.said("dice_roll", formula="1d20")
    said = await alice.said("dice_roll", formula="2d20")
    await alice.said("chat_message", message="hello")

    content = await exported(table, "carol", roll=said.seq)

    assert content["roll"] == said.seq
    assert [event["event"] for event in content["events"]] == ["fairness_rotate", "seed_set", "dice_roll"]


@pytest.mark.parametrize(("query", "status"), [("999", 404), ("2", 404), ("x", 400), ("0", 400), ("9" * 30, 400)])
async def test_what_is_no_roll_is_not_exported(table: Table, query: str, status: int) -> None:
    await begin(table, "alice")

    assert (await read(lambda: download(table, "alice", roll=query))).status_code == status


async def test_a_hidden_roll_looks_like_none_to_others(table: Table) -> None:
    dm, _ = await begin(table, "dm", "alice")
    seq = await roll_hidden(table, dm, "1d20", DM_ONLY)

    assert (await read(lambda: download(table, "alice", roll=seq))).status_code == 404
    assert (await read(lambda: download(table, "dm", roll=seq))).status_code == 200


async def test_nobody_and_strangers_get_no_export(table: Table) -> None:
    table.users["mallory"] = await read(type(table.users["dm"]).objects.create_user, "mallory")

    assert (await read(lambda: download(table, None))).status_code == 401
    assert (await read(lambda: download(table, "mallory"))).status_code == 404


async def test_single_rolls_are_had_oftener_than_whole_sessions(table: Table) -> None:
    (alice,) = await begin(table, "alice")
    said = await alice.said("dice_roll", formula="1d20")

    def ask(times: int, **query: Any) -> list[int]:
        return [download(table, "alice", **query).status_code for _ in range(times)]

    assert await read(lambda: ask(11)) == [200] * 10 + [429]
    assert await read(lambda: ask(61, roll=said.seq)) == [200] * 60 + [429]
    assert (await read(lambda: download(table, "bob"))).status_code == 200
