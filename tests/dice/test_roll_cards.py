"""What a roll says of each of its dice. The dice are reported, so that they fall as the test wants them."""

from typing import Any

from tests.support.table import Table


async def card(table: Table, formula: str, rolls: list[int], result: float) -> dict[str, Any]:
    alice = await table.sit("alice")
    await alice.sends_acked("dice_roll", {"formula": formula, "rolls": rolls, "result": result})
    return dict((await alice.expect("dice_roll"))["roll"])


async def test_a_kept_and_a_dropped_die(table: Table) -> None:
    roll = await card(table, "2d20kh1 + 5", [20, 4], 25)

    assert roll["terms"] == [
        {
            "notation": "2d20kh1",
            "sign": 1,
            "die": "d20",
            "sides": 20,
            "dice": [{"value": 20, "kept": True, "critical": True}, {"value": 4, "kept": False}],
            "subtotal": 20,
        }
    ]
    assert roll["bonuses"] == [{"value": 5}]
    assert roll["visibility"] == "public"


async def test_exploded_rerolled_and_clamped_dice(table: Table) -> None:
    roll = await card(table, "1d6! + 1d8r1 - 1d4min2", [6, 3, 1, 5, 1], 12)

    exploding, rerolling, clamped = (term["dice"] for term in roll["terms"])
    assert exploding == [{"value": 6, "kept": True, "exploded": True}, {"value": 3, "kept": True}]
    assert rerolling == [{"value": 1, "kept": False, "rerolled": True}, {"value": 5, "kept": True}]
    assert clamped == [{"value": 1, "kept": True, "worth": 2}]
    assert [term["sign"] for term in roll["terms"]] == [1, 1, -1]


async def test_successes_failures_and_fumbles(table: Table) -> None:
    roll = await card(table, "3d10>=8f1 + 1d20", [9, 1, 5, 1], 1)

    counted, d20 = roll["terms"]
    assert counted["dice"] == [
        {"value": 9, "kept": True, "success": True},
        {"value": 1, "kept": True, "failure": True},
        {"value": 5, "kept": True},
    ]
    assert counted["subtotal"] == 0
    assert d20["dice"] == [{"value": 1, "kept": True, "fumble": True}]


async def test_labels_and_a_comment(table: Table) -> None:
    roll = await card(table, "1d8[slashing] + 3[strength] # at the goblin", [5], 8)

    assert roll["terms"][0]["label"] == "slashing"
    assert roll["bonuses"] == [{"value": 3, "label": "strength"}]
    assert roll["reason"] == "at the goblin"


async def test_a_repeated_formula_has_a_total_for_each_time(table: Table) -> None:
    roll = await card(table, "2d6 + 1 x3", [1, 2, 3, 4, 5, 6], 24)

    assert roll["results"] == [4, 8, 12]
    assert [term["subtotal"] for term in roll["terms"]] == [3, 7, 11]
    assert (roll["modifier"], roll["bonuses"]) == (3, [{"value": 1}])


async def test_what_is_not_so_is_left_out(table: Table) -> None:
    roll = await card(table, "1d6", [3], 3)

    assert set(roll) == {"formula", "result", "rolls", "modifier", "source", "visibility", "terms"}
    assert roll["terms"][0]["dice"] == [{"value": 3, "kept": True}]
