"""Rolls inside a message."""

from typing import Any

import pytest

from tests.support.client import Client
from tests.support.table import Table


async def say(alice: Client, message: str) -> dict[str, Any]:
    await alice.sends_acked("chat_message", {"message": message})
    return await alice.expect("chat_message", message=message)


async def test_formulas_in_double_brackets_are_rolled_in_their_order(table: Table) -> None:
    bob, alice = await table.sit("bob"), await table.sit("alice")

    said = await say(alice, "I swing: [[1d20+5]], and hit for [[ 2d6[fire] ]] or [[1d4[cold]]].")

    formulas = [roll["formula"] for roll in said["rolls"]]
    assert formulas == ["1d20+5", " 2d6[fire] ", "1d4[cold]"]
    for roll in said["rolls"]:
        assert (roll["source"], roll["visibility"]) == ("server", "public")
        assert roll["result"] == sum(roll["rolls"]) + roll["modifier"]
    assert await bob.expect("chat_message") == said
    assert table.history("bob")["results"][-1]["data"] == said


async def test_a_printed_minus_in_brackets_is_a_minus(table: Table) -> None:
    alice = await table.sit("alice")

    (roll,) = (await say(alice, "[[1d20−1]] hit"))["rolls"]

    assert (roll["formula"], roll["modifier"]) == ("1d20−1", -1)


async def test_a_message_sent_again_shows_the_same_dice(table: Table) -> None:
    alice = await table.sit("alice")

    for _ in range(2):
        await alice.sends_acked("chat_message", {"message": "[[30d100]]"}, "swing-1")

    await alice.fence()
    assert len(alice.heard("chat_message")) == 1


@pytest.mark.parametrize(
    "text",
    ["[[see the map]]", "[[1,2],[3,4]]", "[[]]", "[[ ]]", "[1d20]", "1d20]]"],
)
async def test_what_is_no_formula_stays_text(table: Table, text: str) -> None:
    alice = await table.sit("alice")

    assert "rolls" not in await say(alice, text)


BAD = [
    "[[1d6]]" * 11,
    "[[1d20",
    "[[1d20\n+5]]",
    "[[1d20]]]",
    "[[1d2O]] hit",
    "[[3#1d20]]",
    "[[1/0]]",
    "[[9999d6]]",
    "[[600d6]] and [[600d6]]",
    "[[1000d1]][[1d6]]",
    "[[1d6]] and [[999999999*999999999]]",
]


async def test_too_much_or_an_impossible_roll_is_refused_with_the_whole_message(
    table: Table, subtests: pytest.Subtests
) -> None:
    alice = await table.sit("alice")

    for message in BAD:
        with subtests.test(message[:40]):
            assert (await alice.refused("chat_message", {"message": message}))["code"] == "invalid"
    assert table.history()["results"] == []
    assert len((await say(alice, "[[1d6]]" * 10))["rolls"]) == 10
    assert len((await say(alice, "[[500d6]] and [[500d6]]"))["rolls"]) == 2


@pytest.mark.parametrize("text", ["[" * 2000, "[[x" * 666, "]]" * 1000, "[[" + "1+" * 249 + "1]]" * 3, "[[(((" * 400])
async def test_brackets_hold_nobody_up(table: Table, text: str) -> None:
    alice = await table.sit("alice")

    assert (await say(alice, text))["message"] == text
