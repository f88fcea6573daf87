"""Hidden rolls never fail as the dice fall, and a refusal names no dice."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.dice.rules.certain import refuse_uncertain
from game.dice.rules.dice import DiceError, roll
from tests.dice.rules.chance import lowest
from tests.dice.rules.formulas import FORMULAS
from tests.dice.rules.test_dice_docs import EXAMPLES

PICKING = [
    "1/(1d20<15)",
    "1d20/(1d20-1)",
    "1d20//(1d4-2)",
    "1d20%(1d4-1)",
    "(1d6-1)d6",
    "(1d6/2)d6",
    "1d(1d6-1)",
    "1d(1d6)!",
    "(1000+1d6)d6",
    "500d10!>2",
    "999d6r1",
    "1d1000000*1d1000000*1d1000000",
    "(50d20)d20",
]


@pytest.mark.parametrize("formula", PICKING)
def test_what_may_fail_by_chance_is_not_rolled_hidden(formula: str) -> None:
    with pytest.raises(DiceError) as caught:
        refuse_uncertain(formula)

    assert caught.value.reason == "uncertain"


USUAL = [
    "1d20+5",
    "4d6kh3 x6",
    "8d6!",
    "2d6r1",
    "1d20 adv",
    "4dF+2",
    "(1d4)d6",
    "(20d20)d20",
    "1d20/2",
    "3d6u",
    "d%//9",
]


@pytest.mark.parametrize("formula", USUAL)
def test_what_is_usual_is_rolled_hidden(formula: str) -> None:
    refuse_uncertain(formula)


def test_nearly_everything_in_the_docs_may_be_hidden() -> None:
    refused = []
    for formula, *_ in EXAMPLES:
        try:
            refuse_uncertain(formula)
        except DiceError:
            refused.append(formula)

    assert refused == []


@settings(max_examples=600, deadline=None)
@given(FORMULAS, st.integers(0, 9))
def test_what_may_be_hidden_never_fails(formula: str, seed: int) -> None:
    refusal = ""
    try:
        refuse_uncertain(formula)
        roll(formula, random.Random(seed).randrange)
    except DiceError as error:
        refusal = error.message

    assert not refusal.startswith("As the dice fell")


FAILING = ["1/(d6-1)", "(d6-1)d6", "(d6/2)d6", "1d(d6-1)", "999d6r1", "9*d6*999999999*999999"]


@pytest.mark.parametrize("formula", FAILING)
def test_a_refusal_that_the_dice_decide_names_no_numbers_of_theirs(formula: str) -> None:
    with pytest.raises(DiceError) as caught:
        roll(formula, lowest if formula[0] != "9" or "r" in formula else lambda sides: sides - 1)

    assert not re.findall(r"[0-9]", re.sub(r"1,000(,000){0,3}", "", caught.value.message))
