"""Dice formulas that are refused: why, where, and in what words."""

from __future__ import annotations

import pytest

from game.dice.rules.dice import DiceError, roll
from tests.dice.rules.chance import lowest, striding, unrolled


@pytest.mark.parametrize(
    ("notation", "reason", "position"),
    [
        ("", "empty", None),
        (" \t ", "empty", None),
        ("# for the goblin", "empty", None),
        ("1+" * 250 + "1", "too_long", None),
        ("-" * 9_999 + "1", "too_long", None),
        ("9" * 5_000, "too_long", None),
        ("(" * 51 + "1" + ")" * 51, "too_deep", 50),
        ("{1+" * 51, "too_deep", 150),
        ("abs(" * 51, "too_deep", 203),
        ("1d20\x00", "character", 4),
        ("1d20\n1d20", "character", 4),
        ("1d20\x7f", "character", 4),
        ("\ud800", "character", 0),
        ("١d٦", "character", 0),
        ("1d²", "character", 2),
        ("2d6×1", "character", 3),
        ("2d6 # für", "character", 7),
        ("1d20" + "\u200b" * 100, "character", 4),
        ("2d6+1234567890", "number_too_long", 4),
        ("12345.67890", "number_too_long", 0),
        ("2d06", "syntax", 2),
        ("00.5", "syntax", 0),
        (".5", "syntax", 0),
        ("1 0", "syntax", 2),
        ("2d6 4", "syntax", 4),
        ("2d", "syntax", 2),
        ("d", "syntax", 1),
        ("2d-6", "syntax", 2),
        ("2d6+", "syntax", 4),
        ("2d6+ # five", "syntax", 5),
        ("-", "syntax", 1),
        ("%", "syntax", 0),
        ("10%", "syntax", 3),
        ("6kh2", "syntax", 1),
        ("2d6d%", "syntax", 5),
        ("2d6 k h 1", "syntax", 6),
        ("2d6 goblins", "syntax", 4),
        ("d20 stealth", "syntax", 4),
        ("d20 dex", "syntax", 4),
        ("1d20 foo", "syntax", 5),
        ("2d6;", "syntax", 3),
        ("2^3", "syntax", 1),
        ("2**3", "syntax", 2),
        ("(2d6", "syntax", 4),
        ("2d6)", "syntax", 3),
        ("{2d6", "syntax", 4),
        ("{}", "syntax", 1),
        ("{2d6,}", "syntax", 5),
        ("{{2d6}}", "syntax", 0),
        ("{2d6}!", "syntax", 5),
        ("floor(1, 2)", "syntax", 0),
        ("max(1)", "syntax", 0),
        ("max 1", "syntax", 4),
        ("[fire]", "syntax", 0),
        ("2d6[fire", "syntax", 3),
        ("2d6 fire]", "syntax", 4),
        ("2d6[]", "label", 3),
        ("2d6[---]", "label", 3),
        ("2d6[<b>]", "label", 3),
        ("2d6[fire]kh1", "syntax", 9),
        ("4d6kh0", "syntax", 5),
        ("4d6kh1.5", "not_whole", 5),
        ("2d20kh-1", "ambiguous", 6),
        ("4d6d - 1", "ambiguous", 5),
        ("2d6min", "syntax", 6),
        ("2d6>", "syntax", 4),
        ("2d6f1", "syntax", 3),
        ("2d6>5f", "syntax", 6),
        ("2d6>5>4", "syntax", 5),
        ("2d6>5ms4", "syntax", 5),
        ("2d6ms<>4", "syntax", 3),
        ("2d6!!!", "syntax", 5),
        ("2d6!p!", "syntax", 5),
        ("2d6uuo", "syntax", 4),
        ("2d6e3", "syntax", 3),
        ("d20advadv", "syntax", 6),
        ("2+0d6", "no_dice", 2),
        ("(1-1)d6", "no_dice", 0),
        ("2+(1-3)d6", "no_dice", 2),
        ("(5/2)d6", "not_whole", 0),
        ("1.5d6", "not_whole", 0),
        ("1d(5/2)", "not_whole", 2),
        ("1d6.5", "not_whole", 2),
        ("1d0", "sides", 2),
        ("1d(2-3)", "sides", 2),
        ("1d1000001", "sides", 2),
        ("1001d6", "too_many_dice", 0),
        ("1000d6 + d6", "too_many_dice", 9),
        ("51d6 x20", "too_many_dice", 0),
        ("999999999d6", "too_many_dice", 0),
        ("30d6" + "dl" * 21, "too_many_modifiers", 44),
        ("1d1!", "endless", 0),
        ("2+3d6r<4r>=4", "endless", 2),
        ("d6!<3!>2", "endless", 0),
        ("d6min6!", "endless", 0),
        ("d1000000r!=0", "endless", 0),
        ("7d6u", "endless", 0),
        ("2d20 adv", "advantage", 5),
        ("d20+d20+5 adv", "advantage", 10),
        ("adv", "advantage", 0),
        ("d12 dis", "advantage", 4),
        ("4d6 x21", "repeats", 4),
        ("4d6 x1", "repeats", 4),
        ("6d6x1", "repeats", 3),
        ("4d6 x2.5", "not_whole", 5),
        ("(4d6 x6)", "syntax", 5),
        ("1/0", "division_by_zero", 1),
        ("5+1 // (2-2)", "division_by_zero", 4),
        ("1 % 0", "division_by_zero", 2),
        ("2d6/(3-3)", "division_by_zero", 3),
        ("999999*999999*2", "too_large", None),
        ("d6" + "+0.5*999999999*999999999-0.5*999999999*999999999", "too_large", None),
        ("d6" + "+0.5" + "*999999999" * 40, "too_large", None),
        ("(9" + "*999999999" * 40 + ")d6", "too_many_dice", 0),
        ("(9" + "*999999999" * 40 + ")d6u", "too_many_dice", 0),
        ("d(9" + "*999999999" * 40 + ")", "sides", 1),
    ],
)
def test_what_cannot_be_rolled_is_refused_before_anything_is_drawn(
    notation: str, reason: str, position: int | None
) -> None:
    with pytest.raises(DiceError) as caught:
        roll(notation, unrolled)

    assert (caught.value.reason, caught.value.position, caught.value.code) == (reason, position, "invalid")


@pytest.mark.parametrize(
    ("notation", "reason"),
    [
        ("1/(d6-1)", "division_by_zero"),
        ("(d6-1)d6", "no_dice"),
        ("(d6/2)d6", "not_whole"),
        ("1d(d6-1)", "sides"),
        ("1d(d6)!", "endless"),
        ("(d6*3)d(d6)u", "endless"),
        ("(1000+d6)d6", "too_many_dice"),
        ("999d6r1", "too_many_dice"),
        ("d1000000*" * 3 + "999999999*999999999", "too_large"),
        ("999999999*1000*d6+d6 x2", "too_large"),
    ],
)
def test_what_only_the_dice_tell_is_refused_then(notation: str, reason: str) -> None:
    with pytest.raises(DiceError) as caught:
        roll(notation, lowest)

    assert caught.value.reason == reason


def test_explosions_stop_at_the_limit_for_the_whole_formula() -> None:
    drawn = 0

    def chance(sides: int) -> int:
        nonlocal drawn
        drawn += 1
        return striding()(sides)

    with pytest.raises(DiceError) as caught:
        roll("500d10!>2 + 400d10!>2", chance)

    assert (caught.value.reason, drawn) == ("too_many_dice", 1_000)


@pytest.mark.parametrize(
    ("notation", "message"),
    [
        ("", "There is nothing to roll; type dice and numbers, as in 2d6+3."),
        ("1d20 foo", "“foo” at character 6 means nothing in a dice formula; type dice and numbers, as in 2d6+3, and"),
        ("2d6 4", "Expected a sign such as + here, or the end, not “4” at character 5"),
        ("2d", "Expected the number of sides after “d”, not the end of the formula"),
        ("1d20+5>=15", "“>=” at character 7 belongs directly behind dice or a group; put the rest in braces, as"),
        ("(2d6)kh1", "“kh” at character 6 belongs directly behind dice or a group"),
        ("(2d6", "Expected “)” to close the parenthesis, not the end of the formula"),
        ("max(2d6", "Expected “)” to close max, not the end of the formula"),
        ("2d20kh-1", "The minus at character 7 could belong to “kh” before it; to subtract, type kh1-."),
        ("600d6+401d4", "A formula rolls at most 1,000 dice; with “401d4” at character 7 it comes to 1,001."),
        ("1d6r<7", "Every face of “1d6r<7” at character 1 is rerolled, without end; leave out at least one"),
        ("7d6u", "The 7 dice of “7d6u” at character 1 can never all differ; roll fewer."),
        ("4d6 x30", "A formula is repeated 2 to 20 times, not 30 (character 5); to explode on 30, type !30."),
        ("2d6e3", "“e” at character 4 takes no bare number; to explode on it, type !3 instead."),
        ("2d20 adv", "“adv” at character 6 needs exactly one single d20 before it, as in 1d20+5 adv."),
        ("(5/2)d6", "The number of dice at character 1 is 2.5, which is not whole; floor() and ceil() make it so"),
        ("1/0", "“/” at character 2 divides by zero"),
        ("1d(999999999*999999999*9)", "A die has 1 to 1,000,000 sides, not more than a trillion (character 3)"),
        ("999999999*-999999", "This formula comes to less than minus a trillion; "),
        ("{2d6}!", "“!” at character 6 follows a group, but belongs to dice"),
        ("2d6>5ms4", "With “ms” at character 6 the same dice would be counted twice; leave one of the two out."),
        ("\ud800", "Character 1 does not belong in a dice formula"),
    ],
)
def test_a_refusal_says_what_is_wrong_where(notation: str, message: str) -> None:
    with pytest.raises(DiceError) as caught:
        roll(notation, unrolled)

    assert caught.value.message.startswith(message)
