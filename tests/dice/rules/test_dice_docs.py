"""docs/dice.md: its examples come to what they say, and nothing of the notation is missing in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import game.dice.rules
from game.dice.rules.arithmetic import FUNCTIONS
from game.dice.rules.dice import DiceError, replay, roll
from game.dice.rules.die import FUDGE
from game.dice.rules.lexer import plain, tokenise
from game.dice.rules.modifier_notation import MODIFIERS
from tests.dice.rules.chance import unrolled

ROOT = Path(__file__).parents[3]


def rows(*header: str) -> Iterator[list[str]]:
    """The rows of all tables with this header, without the backticks."""
    inside = False
    for line in (ROOT / "docs" / "dice.md").read_text("utf-8").splitlines():
        cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            inside = False
        elif cells == list(header):
            inside = True
        elif inside and not line.startswith("|--"):
            yield cells


EXAMPLES = list(rows("formula", "faces", "total", "meaning"))
REASONS = list(rows("reason", "for example", "because"))


@pytest.mark.parametrize(("formula", "faces", "total", "meaning"), EXAMPLES, ids=lambda cell: cell)
def test_an_example_comes_to_its_total(formula: str, faces: str, total: str, meaning: str) -> None:
    rolled = replay(formula, [int(face) for face in faces.split()])

    assert str(rolled.total) == total


@pytest.mark.parametrize(("reason", "formula"), [row[:2] for row in REASONS if row[1]], ids=lambda cell: cell)
def test_an_example_is_refused_for_its_reason(reason: str, formula: str) -> None:
    with pytest.raises(DiceError) as caught:
        roll(formula, unrolled)

    assert caught.value.reason == reason


def test_every_reason_is_documented() -> None:
    sources = Path(game.dice.rules.__path__[0]).glob("*.py")
    raised = {reason for source in sources for reason in re.findall(r'DiceError\(\s*"(\w+)"', source.read_text())}

    assert {row[0] for row in REASONS} == raised


def test_every_word_and_sign_of_the_grammar_has_an_example() -> None:
    tokens = [token for formula, *_ in EXAMPLES for token in tokenise(plain(formula))[0]]
    behind_modifiers = {"p", "o", "f"}

    assert {token.text for token in tokens} >= {*MODIFIERS, *FUDGE, *FUNCTIONS, *"+-*/%(){},", "//", *behind_modifiers}
    assert "label" in {token.kind for token in tokens}
    assert any(tokenise(plain(formula))[1] for formula, *_ in EXAMPLES)
