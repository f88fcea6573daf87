"""Which row a number falls on, and tables that lead to each other."""

from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.dice.rules.inline import formulas_in, rolled_in
from game.roll_tables.rules.trails import MAX_DEPTH, bad_trail, row_at


@given(st.lists(st.integers(1, 20), min_size=1, max_size=20))
def test_each_row_has_as_many_numbers_as_it_weighs(weights: list[int]) -> None:
    fell = [row_at(weights, number) for number in range(1, sum(weights) + 1)]

    assert [fell.count(place) for place in range(len(weights))] == weights
    assert fell == sorted(fell)


@pytest.mark.parametrize(
    ("leads", "trail"),
    [
        ({}, []),
        ({1: [2, 3], 2: [3], 3: []}, []),
        ({1: [1]}, [1, 1]),
        ({1: [2], 2: [3], 3: [2]}, [1, 2, 3, 2]),
        ({2: [3], 3: [2]}, []),  # not from here
        ({number: [number + 1] for number in range(1, MAX_DEPTH)}, []),
        ({number: [number + 1] for number in range(1, MAX_DEPTH + 1)}, list(range(1, MAX_DEPTH + 2))),
    ],
)
def test_tables_that_lead_round_or_too_far_are_found(leads: dict[int, Collection[int]], trail: list[int]) -> None:
    assert bad_trail(leads, 1) == trail


def test_many_ways_are_no_long_way() -> None:
    assert bad_trail({depth: [depth + 1] * 50 for depth in range(1, MAX_DEPTH)}, 1) == []


def test_the_formulas_of_several_texts_share_the_dice() -> None:
    faces = iter([4, 3, 2])

    first, second = rolled_in(["[[2d6]] and [[no]]", "[[1d6]]"], lambda _: next(faces))

    assert [(formula, roll.rolls) for formula, roll in first] == [("2d6", (5, 4))]
    assert [(formula, roll.rolls) for formula, roll in second] == [("1d6", (3,))]


def test_from_the_first_formula_that_cannot_be_rolled_on_they_are_text() -> None:
    texts = ["[[1d1]] [[1/(1d1-1)]] [[1d1]]", "[[1d1]]"]

    rolls = rolled_in(texts, lambda _: 0)

    assert [[formula for formula, _ in inside] for inside in rolls] == [["1d1"], []]
    assert formulas_in(texts[0]) == ["1d1", "1/(1d1-1)", "1d1"]


def test_no_more_than_a_thousand_dice_are_rolled() -> None:
    (rolls,) = rolled_in(["[[999d2]] [[2d2]] [[1d2]]"], lambda _: 0)

    assert [formula for formula, _ in rolls] == ["999d2"]
