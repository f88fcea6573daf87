"""Dice formulas: what comes out of which faces."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from game.dice.rules.dice import MAX_FACES, DiceError, replay, roll
from game.dice.rules.pool import MAX_REROLLS
from tests.dice.rules.chance import fudged, highest, loaded, lowest

# What a formula comes to -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notation", "faces", "total", "modifier"),
    [
        ("2d6+3", [4, 5], 12, 3),
        ("d20", [17], 17, 0),
        ("D%", [100], 100, 0),
        ("7", [], 7, 7),
        ("-3", [], -3, -3),
        ("1d20+-5", [4], -1, -5),
        ("1d20 - -5", [4], 9, 5),
        ("-d4+10", [3], 7, 10),
        ("+ 2 D 6 \t+ 1", [1, 2], 4, 1),
        ("2-1d4+5-1d6", [4, 6], -3, 7),
        ("1d20+2*(3+1)-floor(5/2)", [10], 16, 6),
        ("1d6+1.005", [1], 2.01, 1.01),
        ("1d6+0.5[bless]+0.5", [1], 2, 1),
        ("(1d20+5)", [10], 15, 0),
        ("2*1d20+5", [10], 25, 5),
        ("-7//2", [], -4, -4),
        ("0-7//2", [], -3, -3),
        ("-1d20//2", [7], -4, 0),
        ("7 % -4", [], -1, -1),
        ("2*-3", [], -6, -6),
        ("1/3*3", [], 1, 1),
        ("1/3", [], 0.33, 0.33),
        ("-0.125", [], -0.12, -0.12),
        ("0.125", [], 0.13, 0.13),
        ("round(-2.5)", [], -2, -2),
        ("4d6k4d1", [1, 5, 3, 6], 14, 0),
        ("4D6 KL 2", [1, 5, 3, 6], 4, 0),
        ("4d6d", [1, 5, 3, 6], 14, 0),
        ("2d6dl4", [2, 3], 0, 0),
        ("5d6dl1dh1", [1, 5, 3, 6, 2], 10, 0),
        ("5d6kh1kl1", [1, 5, 3, 6, 2], 7, 0),
        ("3d6kh2dl1", [4, 4, 6], 10, 0),
        ("d6dl6", [3], 0, 0),
        ("2d6!-1", [2, 3], 4, -1),
        ("1d20cs-1", [20], 19, -1),
        ("4d6rkh3", [1, 5, 3, 6, 2], 14, 0),
        ("1d6!!!=2", [2], 2, 0),
        ("3d6=5!", [5, 6, 1, 5], 2, 0),
        ("1d6!3!4", [3, 4, 1], 8, 0),
        ("1d8r1ro<5", [1, 4, 1, 2], 2, 0),
        ("4d6 ! >= 5 kh 1", [1, 2, 5, 3, 6, 1], 6, 0),
        ("4d6 x> 5", [1, 2, 5, 6, 6, 1], 21, 0),
        ("{3d6!}kh2", [6, 1, 2, 3], 9, 0),
        ("{1d6, {1d8, 1d10}kl1}kh1", [4, 3, 9], 4, 0),
        ("{{1d8, 1d10}kl1 + 2d6}kh1", [3, 9, 1, 2], 5, 0),
        ("(d4)d(d6)", [2, 3, 3, 1], 4, 0),
        ("1d20+1d4+5 dis", [18, 7, 3], 15, 5),
        ("d20r1adv", [1, 5, 9], 9, 0),
        ("{3d6dh1}kh1", [6, 2, 5], 5, 0),
        ("1d1!o", [1, 1], 2, 0),
        ("d6r1r6", [1, 6, 3], 3, 0),
        ("d20r<10.5r>11.5", [12, 11], 11, 0),
        ("(1+d6+2)*2", [3], 12, 0),
        ("999999999", [], 999_999_999, 999_999_999),
        ("d1000000", [1_000_000], 1_000_000, 0),
    ],
)
def test_a_formula_comes_to_its_total(notation: str, faces: list[int], total: float, modifier: float) -> None:
    rolled = roll(notation, loaded(*faces))

    assert (rolled.total, rolled.modifier, rolled.rolls) == (total, modifier, tuple(faces))


@pytest.mark.parametrize("notation", ["7", "3/2*2", "4.0", "1d1", "0.5+0.5"])
def test_a_whole_total_is_an_integer(notation: str) -> None:
    assert type(roll(notation, lowest).total) is int


def test_fudge_dice_ask_for_the_faces_they_have() -> None:
    asked: list[int] = []

    def chance(sides: int) -> int:
        asked.append(sides)
        return sides - 1

    rolled = roll("dF + dF.1 + dF.2", chance)

    assert asked == [3, 6, 3]
    assert rolled.rolls == (1, 1, 1)
    assert [term.die for term in rolled.terms] == ["dF", "dF.1", "dF"]


# Repeats and replays -----------------------------------------------------------------------


def test_a_die_that_is_rerolled_in_vain_keeps_what_it_shows_at_last() -> None:
    rolled = roll("2d%r>80", highest)

    assert rolled.total == 200
    assert [face.rerolled for face in rolled.faces].count(False) == 2
    assert len(rolled.rolls) == 2 * (1 + MAX_REROLLS)


def test_a_repeated_formula_has_a_result_for_each_and_their_sum() -> None:
    rolled = roll("2d6kh1+1[bless] x3 # stats", loaded(1, 2, 3, 4, 5, 6))

    assert [(result.total, result.modifier) for result in rolled.results] == [(3, 1), (5, 1), (7, 1)]
    assert (rolled.total, rolled.modifier) == (15, 3)
    assert rolled.rolls == (1, 2, 3, 4, 5, 6)
    assert [face.term for face in rolled.faces] == [0, 0, 1, 1, 2, 2]


def test_the_total_of_repeats_is_the_sum_of_what_they_show() -> None:
    rolled = roll("1d6/3 x3", loaded(1, 1, 1))

    assert [result.total for result in rolled.results] == [0.33, 0.33, 0.33]
    assert rolled.total == 0.99


@pytest.mark.parametrize(
    "notation", ["4dF + 3dF.1 + 2d6!", "3d6!p r<3", "{4d6!!, 3d8r1}kh1sd", "4d6kh3 x6", "(d4)d6 + d20 adv"]
)
def test_a_roll_replayed_with_its_faces_is_the_same_roll(notation: str) -> None:
    rolled = roll(notation, fudged(*[1, 2, 3, 1, 0, 1, 1, 4, 5, 6, 2, 3, 4] * 3))

    assert replay(notation, rolled.rolls) == rolled


@pytest.mark.parametrize(
    ("notation", "faces", "message"),
    [
        ("2d6", [5], "This formula rolls more dice than there are faces."),
        ("2d6", [5, 5, 5], "This formula rolls 2 dice; there are more faces than that."),
        ("2d6", [5, 7], "A d6 cannot show 7."),
        ("2d6", [0, 1], "A d6 cannot show 0."),
        ("dF", [2], "A dF cannot show 2."),
        ("dF.1", [-2], "A dF.1 cannot show -2."),
    ],
)
def test_faces_that_do_not_fit_the_dice_are_no_replay(notation: str, faces: list[int], message: str) -> None:
    with pytest.raises(DiceError, match=f"^{message}$"):
        replay(notation, faces)


# Up to the limits --------------------------------------------------------------------------


def test_as_many_dice_are_rolled_as_the_limit_allows() -> None:
    assert len(roll(f"{MAX_FACES - 1}d6+d6", lowest).rolls) == MAX_FACES
    assert len(roll("50d6 x20", lowest).rolls) == MAX_FACES


def test_twenty_modifiers_fit_a_term() -> None:
    assert roll("30d6" + "dl" * 20, lowest).total == 29


def test_fifty_brackets_fit_into_each_other() -> None:
    assert roll("(" * 25 + "{1+" * 25 + "1d6" + "}" * 25 + ")" * 25, lowest).total == 26


@pytest.mark.parametrize("chance", [lowest, highest])
@pytest.mark.parametrize("sign", ["+", "-"])
def test_a_sum_never_passes_a_trillion(sign: str, chance: Callable[[int], int]) -> None:
    largest = f"{sign}999d1000000" + f"{sign}999999999" * 48

    assert len(largest) <= 500
    assert abs(roll(largest, chance).total) <= 10**12
