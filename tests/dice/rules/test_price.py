"""What a text may cost is estimated before a die is drawn."""

import json
from pathlib import Path

import pytest

from game.dice.rules.dice import DiceError, roll
from game.dice.rules.price import dice_in, price_of_text
from tests.dice.rules.chance import highest

CORPUS = (Path(__file__).parent / "dice_corpus.jsonl").read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("text", "dice"),
    [
        ("1d20+5", 1),
        ("d20", 1),
        ("8d6 + 2d4", 10),
        ("4d6kh3 x6", 24),
        ("1000d1000000", 1000),
        ("999999999d6", 1000),
        ("(20*50)d6", 1000),
        ("600d6+401d6", 1000),
        ("(1d20)d6", 1000),
        ("1d20 adv x3", 6),
        ("2d6!", 13),
        ("8d6r1", 20),
        ("100d2!", 210),
        ("5d1000r<1000", 1000),
        ("1d1000000!", 1000),
        ("8d6ro1", 16),
        ("20d20u", 82),
        ("4dF", 4),
        ("3d%", 3),
        ("12", 0),
        ("", 0),
        ("the second door", 0),
    ],
)
def test_dice_are_counted(text: str, dice: int) -> None:
    assert dice_in(text) == dice


def test_no_formula_throws_more_than_it_is_estimated_at() -> None:
    for line in CORPUS:
        formula = json.loads(line)["notation"] or ""
        if set("!erux") & set(formula.lower()):
            continue  # how often these roll again is up to chance
        try:
            rolled = roll(formula, highest)
        except DiceError:
            continue
        assert len(rolled.rolls) <= dice_in(formula), formula


def test_words_without_a_roll_cost_nothing() -> None:
    assert price_of_text("99d99 are not rolled here") == 0.0
    assert price_of_text("I swing: [[100d6]]") == 4.0
