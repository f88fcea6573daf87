"""What dice formulas mean to other programs: their own examples, with the faces and what must come out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from game.rules.dice import DiceError, roll
from tests.rules.chance import highest, loaded, lowest, unrolled

CORPUS = [json.loads(line) for line in Path(__file__).with_name("dice_corpus.jsonl").read_text("utf-8").splitlines()]
ACCEPTED = [entry for entry in CORPUS if entry["expect"]["ok"]]
REFUSED = [entry for entry in CORPUS if not entry["expect"]["ok"]]


def by_fraction(fraction: float) -> Callable[[int], int]:
    """Chance that comes up at the same fraction of every die."""
    return lambda sides: int(fraction * sides)


def outcomes(expect: dict[str, Any]) -> list[tuple[Callable[[int], int], int]]:
    """Each chance that a line of the corpus names, with the total it gives."""
    totals: list[tuple[Callable[[int], int], int]] = []
    if "u" in expect:
        totals.append((by_fraction(expect["u"]), expect["total"]))
        totals.extend((by_fraction(float(fraction)), total) for fraction, total in expect.get("by_u", {}).items())
    elif "total" in expect:
        totals.append((loaded(*expect.get("dice", [])), expect["total"]))
    for chance, names in ((lowest, ("min", "all_min")), (highest, ("max", "all_max"))):
        totals.extend((chance, expect[name]) for name in names if name in expect)
    return totals


@pytest.mark.parametrize("entry", ACCEPTED, ids=lambda entry: entry["id"])
def test_a_notation_means_what_it_means_elsewhere(entry: dict[str, Any]) -> None:
    expected = outcomes(entry["expect"])

    assert expected
    for chance, total in expected:
        assert roll(entry["notation"], chance).total == total


@pytest.mark.parametrize("entry", REFUSED, ids=lambda entry: entry["id"])
def test_what_is_refused_elsewhere_is_refused_here(entry: dict[str, Any]) -> None:
    with pytest.raises(DiceError):
        roll(entry["notation"], unrolled)
