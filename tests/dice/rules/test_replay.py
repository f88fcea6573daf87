"""The browser's own reading of a formula comes to what the server's does, or says that it does not know."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.dice.rules.dice import DiceError, Roll, roll
from tests.dice.rules.formulas import COMPARISONS, DICE, FORMULAS, MODIFIERS
from tests.dice.rules.test_dice_docs import EXAMPLES

Replay = Callable[[str, list[tuple[int, int]]], Any]

# What most rolls are made of, more often than FORMULAS has it.
PLAIN = st.tuples(
    st.lists(
        st.tuples(st.sampled_from(["1d20", "4d6", "3d10", "d%", "2dF", "3dF.1", "(d8+2)", "7"]), MODIFIERS, MODIFIERS),
        min_size=1,
        max_size=4,
    ).map(lambda terms: "+".join(die + "".join(more) if "d" in die[:2] else die for die, *more in terms)),
    st.sampled_from(["", "", " x3", " # words", " adv", "*2", "-3"]),
).map("".join)

MARKS = ("value", "worth", "kept", "exploded", "rerolled", "critical", "fumble", "success", "failure")

BEYOND = ("/", "% 1", "(2*3)", "(1d4)d6", "1.5", "{", "floor", "ceil", "round", "abs", "min(", "max(", "u")


@pytest.fixture(scope="module")
def replay() -> Iterator[Replay]:
    """`replay(formula, drawn)` as the browser does it."""
    if shutil.which("node") is None:
        pytest.skip("node is missing")
    script = Path(__file__).with_name("replay.mjs")
    with subprocess.Popen(["node", script], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as node:
        assert node.stdin
        assert node.stdout

        def replay(formula: str, drawn: list[tuple[int, int]]) -> Any:
            print(json.dumps({"formula": formula, "drawn": drawn}), file=node.stdin, flush=True)
            return json.loads(node.stdout.readline())  # type: ignore[union-attr]

        yield replay
        node.stdin.close()


def check(replay: Replay, formula: str, seed: int) -> Any:
    """What the browser makes of a roll; it is what the server makes of it, or None."""
    drawn: list[tuple[int, int]] = []
    chance = random.Random(seed)

    def randbelow(sides: int) -> int:
        drawn.append((sides, chance.randrange(sides)))
        return drawn[-1][1]

    rolled = roll(formula, randbelow)
    again = replay(formula, drawn)
    if again is not None:
        totals = [one.total for one in rolled.results]
        assert again == {"rolls": list(rolled.rolls), "results": totals, "terms": shown(rolled), "left": 0}
    return again


def shown(rolled: Roll) -> list[dict[str, Any]]:
    """What the card has of each die, in its order."""
    return [
        {"subtotal": term.subtotal, "dice": [{mark: getattr(face, mark) for mark in MARKS} for face in term.faces]}
        for term in rolled.terms
    ]


@settings(max_examples=1_500, deadline=None)
@given(st.one_of(PLAIN, PLAIN, DICE, FORMULAS, COMPARISONS.map("5d10".__add__)), st.integers(0, 99))
def test_it_never_comes_to_anything_else(replay: Replay, formula: str, seed: int) -> None:
    try:
        check(replay, formula, seed)
    except DiceError:
        pass


@pytest.mark.parametrize("formula", [row[0] for row in EXAMPLES])
def test_what_it_does_not_know_is_what_the_proof_says(replay: Replay, formula: str) -> None:
    known = check(replay, formula, 7) is not None

    assert known != any(part in formula.partition("#")[0] for part in BEYOND)
