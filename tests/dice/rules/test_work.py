"""The price of a roll: never less than what is drawn, and dear where much is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from game.dice.rolls import roll_of
from game.dice.rules.dice import DiceError, roll
from game.dice.rules.work import Work, work_in, work_of
from game.protocol import encode
from tests.dice.rules.chance import striding
from tests.dice.rules.formulas import FORMULAS


@pytest.mark.parametrize(
    ("formula", "dice"),
    [
        ("1d20+5", 1),
        ("4d6kh3 x6", 24),
        ("1d20 adv x3", 6),
        ("2d6!", 13),
        ("8d6r1", 20),
        ("100d2!", 210),
        ("8d6ro1", 16),
        ("20d20u", 82),
        ("no formula", 0),
    ],
)
def test_a_roll_has_a_price(formula: str, dice: int) -> None:
    work = work_of(formula)

    assert work.dice == dice
    assert work.credits >= dice / 25


def test_a_line_costs_what_its_rolls_do() -> None:
    line = work_in("I swing: [[1d20+5]], for [[400d6]]")

    assert line.dice == 401
    assert work_in("[[1d2O]]") == Work(0, 8)
    assert work_in("hello").credits < 0.01


@settings(max_examples=300, deadline=None)
@given(FORMULAS)
def test_no_roll_weighs_much_more_than_its_price_says(formula: str) -> None:
    try:
        rolled = roll(formula, striding())
    except DiceError:
        return
    work = work_of(formula)

    assert len(rolled.rolls) <= 20 * work.dice
    assert len(encode(roll_of(formula, rolled))) <= 3 * work.size + 60 * len(rolled.rolls)
