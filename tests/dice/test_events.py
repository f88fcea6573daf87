"""Dice that the server rolls, and dice that were thrown by hand."""

from typing import Any

import pytest

from tests.support.table import Table

# formula, faces drawn, sides, modifier, how many count
ROLLS = [
    ("1d20", 1, 20, 0, 1),
    ("2d6+3", 2, 6, 3, 2),
    ("1d20-2", 1, 20, -2, 1),
    ("4d6+2-5+1", 4, 6, -2, 4),
    ("2d%", 2, 100, 0, 2),
    ("3d8+2d8", 5, 8, 0, 5),
    ("4d6kh3", 4, 6, 0, 3),
    ("2d20kl1+1", 2, 20, 1, 1),
    ("4d6dl1", 4, 6, 0, 3),
    ("3d10dh2-1", 3, 10, -1, 1),
]


async def test_the_server_rolls(table: Table, subtests: pytest.Subtests) -> None:
    alice = await table.sit("alice")

    for formula, number, sides, modifier, counting in ROLLS:
        with subtests.test(formula):
            await alice.sends_acked("dice_roll", {"formula": formula})
            check((await alice.expect("dice_roll"))["roll"], formula, number, sides, modifier, counting)


def check(roll: dict[str, Any], formula: str, number: int, sides: int, modifier: int, counting: int) -> None:
    """A roll of the server's comes to what its faces and its formula say."""
    assert roll["formula"] == formula
    assert roll["source"] == "server"
    assert roll["modifier"] == modifier
    assert len(roll["rolls"]) == number
    assert all(type(face) is int and 1 <= face <= sides for face in roll["rolls"])
    faces = sorted(roll["rolls"])
    counted = faces[:counting] if "kl" in formula or "dh" in formula else faces[-counting:]
    assert roll["result"] == sum(counted) + modifier


async def test_a_constant_is_a_formula_or_refused_but_never_a_bug(table: Table) -> None:
    alice = await table.sit("alice")

    answer = await alice.answer("dice_roll", {"formula": "5"})

    assert answer["event"] == "ack" or answer["data"]["code"] == "invalid"
    await alice.fence()


async def test_the_servers_dice_are_not_always_the_same(table: Table) -> None:
    alice = await table.sit("alice")

    for _ in range(2):
        await alice.sends_acked("dice_roll", {"formula": "30d100"})

    first, second = [(await alice.expect("dice_roll"))["roll"]["rolls"] for _ in range(2)]
    assert first != second


HOSTILE = [
    *(
        "",
        " ",
        "hello",
        "1d",
        "d0",
        "1d0",
        "0d6x",
        "1d20+",
        "1d20++",
        "2d6kh0",
        "2d-6",
        "1d6;1d6",
        "٣d٦",
        "1e3",
        "d" * 99,
    ),
    *(
        "d" * 99,
        "99999999999999d6",
        "1d99999999999999999999999",
        "9" * 4000,
        "1d6+" * 2000 + "1d6",
        "(" * 5000,
        "1d6" * 9999,
    ),
]


async def test_a_senseless_or_hostile_formula_is_refused(table: Table, subtests: pytest.Subtests) -> None:
    alice = await table.sit("alice")

    for formula in HOSTILE:
        with subtests.test(formula[:20]):
            assert (await alice.refused("dice_roll", {"formula": formula}))["code"] == "invalid"

    assert table.history()["results"] == []


# Thrown by hand -------------------------------------------------------------------------------


REPORTED: list[dict[str, Any]] = [
    {"formula": "1d20+5", "result": 18, "rolls": [13], "modifier": 5},
    {"formula": "1d20+5", "result": 18, "rolls": [13]},
    {"formula": "2d6", "result": 2, "rolls": [1, 1], "modifier": 0},
    {"formula": "2d6", "result": 12, "rolls": [6, 6]},
    {"formula": "1d20-2", "result": -1, "rolls": [1], "modifier": -2},
    {"formula": "4d6kh3", "result": 15, "rolls": [5, 5, 5, 2]},
    {"formula": "2d20kl1+1+2", "result": 6, "rolls": [19, 3], "modifier": 3},
    {"formula": "1d6+1d4", "result": 9, "rolls": [6, 3], "modifier": 0},
    {"formula": "d%", "result": 100, "rolls": [100]},
]


async def test_a_reported_roll_is_shown_as_reported(table: Table, subtests: pytest.Subtests) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")

    for roll in REPORTED:
        with subtests.test(str(roll)):
            await alice.sends_acked("dice_roll", roll)
            heard = (await dm.expect("dice_roll"))["roll"]
            assert heard["source"] == "reported"
            assert roll.items() <= heard.items()
            assert type(heard["modifier"]) is int


UNTRUE: list[dict[str, Any]] = [
    {"formula": "1d20+5", "result": 20, "rolls": [13], "modifier": 5},  # wrong total
    {"formula": "1d20+5", "result": 13, "rolls": [13], "modifier": 5},
    {"formula": "1d20+5", "result": 18, "rolls": [13], "modifier": 4},  # wrong modifier
    {"formula": "1d20+5", "result": 17, "rolls": [13], "modifier": 4},
    {"formula": "1d20", "result": 21, "rolls": [21]},  # no such face
    {"formula": "1d20", "result": 0, "rolls": [0]},
    {"formula": "1d20", "result": -3, "rolls": [-3]},
    {"formula": "2d6", "result": 5, "rolls": [5]},  # too few
    {"formula": "2d6", "result": 0, "rolls": []},
    {"formula": "2d6", "result": 6, "rolls": [2, 2, 2]},  # too many
    {"formula": "2d6", "result": 4, "rolls": [2, 2, 2]},
    {"formula": "1d6+1d4", "result": 9, "rolls": [3, 6]},  # not in the order drawn
    {"formula": "1d20", "result": 13},  # a half report
    {"formula": "1d20", "rolls": [13]},
    {"formula": "nonsense", "result": 13, "rolls": [13]},
    {"formula": "1d20", "result": 13, "rolls": [13.5]},
    {"formula": "1d20", "result": 13, "rolls": [True]},
    {"formula": "1d20", "result": "13", "rolls": [13]},
    {"formula": "1d20", "result": 13, "rolls": ["13"]},
    {"formula": "1d20", "result": 13, "rolls": 13},
    {"formula": "1d20", "result": 13, "rolls": [13], "modifier": "0"},
]


async def test_a_report_that_its_formula_does_not_bear_out_is_refused(table: Table, subtests: pytest.Subtests) -> None:
    dm, alice = await table.sit("dm"), await table.sit("alice")

    for roll in UNTRUE:
        with subtests.test(str(roll)):
            assert (await alice.refused("dice_roll", roll))["code"] == "invalid"

    await alice.sends_acked("chat_message", {"message": "Sorry."})
    await dm.expect("chat_message")
    assert dm.heard("dice_roll") == []


async def test_a_campaign_can_forbid_reports(table: Table) -> None:
    table.server.shell(
        "from game.campaign.models import Campaign;"
        f"campaign = Campaign.objects.get(sessions={table.session});"
        "campaign.allows_reported_rolls = False; campaign.save()"
    )
    alice = await table.sit("alice")

    error = await alice.refused("dice_roll", {"formula": "1d20", "result": 20, "rolls": [20]})

    assert error["code"] in {"forbidden", "conflict"}
    await alice.sends_acked("dice_roll", {"formula": "1d20"})
