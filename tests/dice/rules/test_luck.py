"""Luck: counted right, judged by the book, and silent where there is too little to judge."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.dice.rules.die import FUDGE, numbered
from game.dice.rules.luck import Streak, chi_square_tail, die_named, luck, score

# From the tables: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4.
CRITICAL = [
    (1, 3.841, 0.05), (2, 5.991, 0.05), (3, 7.815, 0.05), (5, 11.070, 0.05), (10, 18.307, 0.05), (19, 30.144, 0.05),
    (1, 6.635, 0.01), (4, 13.277, 0.01), (9, 21.666, 0.01), (19, 36.191, 0.01), (7, 24.322, 0.001), (12, 32.909, 0.001),
]  # fmt: skip


@pytest.mark.parametrize(("degrees", "square", "probability"), CRITICAL)
def test_the_tail_is_that_of_the_tables(degrees: int, square: float, probability: float) -> None:
    assert chi_square_tail(square, degrees) == pytest.approx(probability, rel=0.003)


@given(st.floats(0, 500), st.integers(1, 60))
def test_a_tail_is_a_probability(square: float, degrees: int) -> None:
    assert 0 <= chi_square_tail(square, degrees) <= 1
    assert chi_square_tail(0, degrees) == 1


def test_faces_are_counted_against_what_is_expected() -> None:
    found = luck(numbered(4), [1, 1, 2, 4])

    assert [(group.low, group.count, group.expected) for group in found.classes] == [
        (1, 2, 1), (2, 1, 1), (3, 0, 1), (4, 1, 1),
    ]  # fmt: skip
    assert (found.mean, found.expected) == (2.0, 2.5)


def test_many_faces_are_taken_together() -> None:
    found = luck(numbered(100), [1, 5, 6, 100])

    assert [(group.low, group.high, group.count) for group in found.classes][:2] == [(1, 5, 2), (6, 10, 1)]
    assert len(found.classes) == 20


def test_rare_faces_are_expected_rarely() -> None:
    assert [group.expected for group in luck(FUDGE["df.1"], [0] * 6).classes] == [1, 4, 1]


def test_few_throws_are_not_judged() -> None:
    verdict = luck(numbered(20), [20] * 99).verdict

    assert (verdict.judgement, verdict.probability, verdict.needed) == ("too few", None, 100)
    assert luck(numbered(20), [20] * 100).verdict.judgement == "very unusual"


def test_even_dice_are_as_expected() -> None:
    verdict = luck(numbered(6), [1, 2, 3, 4, 5, 6] * 10).verdict

    assert (verdict.judgement, verdict.probability) == ("as expected", 1.0)


def test_of_a_thousand_fair_dice_few_are_called_unusual() -> None:
    chance = random.Random(7)
    judged = [luck(numbered(6), chance.choices(range(1, 7), k=120)).verdict.judgement for _ in range(1_000)]

    assert 20 <= judged.count("uneven") <= 60
    assert judged.count("unusual") + judged.count("very unusual") <= 20


def test_every_verdict_has_words() -> None:
    thrown = [1] * 20 + [2, 3, 4, 5, 6] * 20
    words = {str(luck(numbered(6), thrown + [6] * more).verdict) for more in (0, 15, 22, 30, 60)}

    assert len(words) >= 4
    assert all(word.endswith(".") for word in words)


def test_a_streak_is_the_longest_run_on_one_side() -> None:
    assert luck(numbered(6), [1, 6, 5, 4, 1, 2]).streak == Streak(3, high=True)
    assert luck(numbered(6), [1, 2, 3, 6]).streak == Streak(3, high=False)
    assert luck(FUDGE["df"], [0, 0]).streak.length == 0


def test_a_roll_is_as_lucky_as_its_dice_together() -> None:
    assert score([(numbered(20), 20)]) == pytest.approx(1.647, abs=0.001)
    assert score([(numbered(6), 1), (numbered(6), 6)]) == 0
    assert score([(numbered(1), 1)]) is None


@pytest.mark.parametrize(("name", "faces"), [("d20", 20), ("d%", 100), ("dF", 3), ("dF.1", 6)])
def test_a_die_is_known_by_its_name(name: str, faces: int) -> None:
    die = die_named(name)

    assert die is not None
    assert len(die.faces) == faces


@pytest.mark.parametrize("name", ["", "d", "d0", "d-1", "d²", "20", "dragon", "d9999999"])
def test_what_is_no_die_is_none(name: str) -> None:
    assert die_named(name) is None
