"""What other programs and books write: read as it is meant, or refused with what to type instead."""

from __future__ import annotations

import re

import pytest

from game.dice.rules.dice import DiceError, replay, roll, roll_again
from game.dice.rules.distribution import distribution
from game.dice.rules.elsewhere import DICE_AHEAD
from game.dice.rules.hints import HINTS
from game.dice.rules.inline import formulas_in, rolled_in
from tests.dice.rules.chance import lowest, unrolled

MINUSES = "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
BLANKS = " \t\u00a0\u2007\u2009\u202f"


def refusal(formula: str) -> DiceError:
    with pytest.raises(DiceError) as caught:
        roll(formula, unrolled)
    return caught.value


@pytest.mark.parametrize("minus", MINUSES, ids=ascii)
def test_a_minus_may_be_any_that_books_print(minus: str) -> None:
    formula = f"1d20{minus}1"

    assert roll(formula, lowest).total == 0
    assert replay(formula, [15]).total == 14
    assert distribution(formula).low == 0
    assert formulas_in(f"[[{formula}]] hit") == [formula]


@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
def test_a_blank_may_be_any_that_books_print(blank: str) -> None:
    assert roll(f"1d20{blank}+{blank}5", lowest).total == 6


@pytest.mark.parametrize(
    ("formula", "reason", "position", "instead"),
    [
        ("3#1d20", "ambiguous", 1, "1d20 x3"),
        ("3 # 1d20", "ambiguous", 2, "1d20 x3"),
        ("(6)#4d6kh3", "ambiguous", 3, "4d6kh3 x6"),
        ("2#d20+5#to hit", "ambiguous", 1, "d20+5 x2"),
        ("1#1d20", "ambiguous", 1, "1d20"),
        ("0#1d20", "ambiguous", 1, "1d20+5 x3"),
        ("25#1d20", "ambiguous", 2, "1d20+5 x3"),
        ("1d4#1d20", "ambiguous", 3, "1d20+5 x3"),
        ("2d6x10", "ambiguous", 3, "!10"),
        ("d%x101", "ambiguous", 2, "!101"),
        ("4d6kh3x6", "ambiguous", 6, "4d6kh3 x6"),
        ("1d6d20", "ambiguous", 3, "(1d6)d20"),
        ("d6d6", "ambiguous", 2, "(1d6)d6"),
        ("3d6d3", "ambiguous", 3, "dl1"),
        ("1d1.000", "not_whole", 2, "without a point"),
        ("1.000d6", "not_whole", 0, "without a point"),
        ("d00", "syntax", 1, "type d100"),
        ("2d000", "syntax", 2, "type d1000"),
        ("d06", "syntax", 1, "type 6"),
        ("00d6", "syntax", 0, "leave it out"),
        ("4d6kh00", "syntax", 5, "leave it out"),
        ("2d6+00", "syntax", 4, "type 0"),
        ("1,000", "syntax", 2, "type 1000"),
        ("1d1,000", "syntax", 4, "type 1000"),
        ("10 000+1d6", "syntax", 3, "type 10000"),
        ("1d20+1,500", "syntax", 6, "type 1500"),
        ("1d20*1,5", "syntax", 6, "type 1.5"),
        ("1d20*1,05", "syntax", 7, "type 1.05"),
        ("{1d6,007}kh1", "syntax", 5, "type 7"),
        ("1e3", "syntax", 1, "as in 1000"),
        ("3x4d6", "syntax", 1, "4d6kh3 x6"),
        ("6 4d6kh3", "syntax", 2, "4d6kh3 x6"),
        ("2**3", "syntax", 2, "2*2*2"),
        ("1w20", "syntax", 1, "1d20"),
        ("2d20h", "syntax", 4, "kh1"),
        ("1d20 × 2", "character", 5, "type *"),
    ],
)
def test_what_means_something_else_is_refused_with_what_to_type(
    formula: str, reason: str, position: int, instead: str
) -> None:
    refused = refusal(formula)

    assert (refused.reason, refused.position) == (reason, position)
    assert instead in refused.message


@pytest.mark.parametrize(
    "formula", ["2 # of them", "1d20 # 2d6 later", "1d20+5 # deals damage", "2d6x5", "4d6kh3 x6", "4d6d1", "6d6d5"]
)
def test_what_means_the_same_is_rolled(formula: str) -> None:
    assert roll(formula, lowest).total > 0


def test_no_refusal_suggests_what_is_refused_next() -> None:
    formulas = ["3#1d20", "d00", "3d00", "d000", "d06", "1,000", "1 000", "00", "2d6+007", "1,5", "1,05", "01.5"]
    for formula in formulas:
        instead = re.search(r"type (d?[0-9][^,;. ]*(?:\.[0-9]+)?(?: x[0-9]+)?)", refusal(formula).message)

        assert instead, formula
        roll(instead[1], lowest)


@pytest.mark.parametrize("hint", HINTS.values())
def test_every_hint_can_be_rolled(hint: str) -> None:
    for formula in re.findall(r"as in ([^\s;]+(?: x[0-9])?)", hint):
        roll(formula, lowest)
    for modifier in re.findall(r"type (adv|dis|[kd][hl]1)\b", hint):
        roll(f"1d20{modifier}" if modifier in ("adv", "dis") else f"4d6{modifier}", lowest)


def test_a_log_of_old_is_read_as_it_was_rolled() -> None:
    assert roll_again("3#1d20", unrolled).total == 3
    assert roll_again("1d6d20", lowest).total == 0
    (old,) = rolled_in(["[[1d6−1]] and [[1d4]]"], lambda _: 0, printed=False)
    assert [formula for formula, _ in old] == ["1d4"]


@pytest.mark.parametrize(
    "text",
    ["[[1d2O]]", "[[1d20+STR]]", "[[3#1d20]]", "[[1d20\n+5]]", "[[1d20]", "[[1d20", "[[1d20]]]", "[[2d6", "[[1w20]]"],
)
def test_dice_in_brackets_that_cannot_be_read_are_refused(text: str) -> None:
    with pytest.raises(DiceError):
        formulas_in(f"I swing: {text}")


@pytest.mark.parametrize("text", ["[[see the map]]", "[[1,2],[3,4]]", "[[]]", "[[ ]]", "[1d20]", "1d20]]", "[[" * 900])
def test_what_is_no_dice_stays_text(text: str) -> None:
    assert formulas_in(text) == []


def test_dice_ahead_are_known_by_their_beginning() -> None:
    assert all(DICE_AHEAD.match(text) for text in ("1d20", " d6", "(2)d6", "d%", "4dF", "{2d6}", "-1d4"))
    assert not any(DICE_AHEAD.match(text) for text in ("of them", "5", "dfoo", "damage", "1 die"))
