"""The tray's own reading of a formula comes to what the server's does, or leaves it to the server."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.dice.rules.distribution import NotComputable, distribution
from tests.dice.rules.formulas import ALMOST_FORMULAS, DICE, FORMULAS
from tests.dice.rules.test_elsewhere import BLANKS, MINUSES

Tray = Callable[[str], Any]

TERMS = st.sampled_from(["1d20", "d6", "2d20kh1", "2d20 kl", "3 d 8", "d%", "5", "0", "10", "007", "d06", "1.5", "0d6"])
SIMPLE = st.lists(st.tuples(st.sampled_from([*MINUSES, "+", "", *BLANKS]), TERMS), min_size=1, max_size=5).map(
    lambda terms: "".join(sign + term for sign, term in terms)
)


@pytest.fixture(scope="module")
def tray() -> Iterator[Tray]:
    """`tray(formula)` as the browser does it."""
    if shutil.which("node") is None:
        pytest.skip("node is missing")
    script = Path(__file__).with_name("formula.mjs")
    with subprocess.Popen(["node", script], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as node:
        assert node.stdin
        assert node.stdout

        def tray(formula: str) -> Any:
            print(json.dumps(formula), file=node.stdin, flush=True)
            return json.loads(node.stdout.readline())  # type: ignore[union-attr]

        yield tray
        node.stdin.close()


@settings(max_examples=800, deadline=None)
@given(st.one_of(SIMPLE, SIMPLE, DICE, FORMULAS, ALMOST_FORMULAS))
def test_what_the_tray_shows_is_what_is_rolled(tray: Tray, formula: str) -> None:
    shown = tray(formula)
    if shown is None or not formula.strip(BLANKS):
        return

    try:
        known = distribution(formula)  # a formula that the tray reads is never refused
    except NotComputable:
        return
    assert (shown["min"], shown["max"]) == (known.low, known.high)
    assert shown["mean"] == pytest.approx(known.mean)
