"""What dice formulas mean to other programs: their own examples, with the faces and what must come out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from game.dice.rules.dice import DiceError, roll
from tests.dice.rules.chance import fudged, highest, loaded, lowest, striding, unrolled

Entry = dict[str, Any]
Chance = Callable[[int], int]

CORPUS: list[Entry] = [
    json.loads(line) for line in Path(__file__).with_name("dice_corpus.jsonl").read_text("utf-8").splitlines()
]

# Written out, so that the corpus itself holds no program.
GENERATED = {
    "D498": "1000d6" + "kh1000" * 50,
    "D500": "(" * 1000 + "1" + ")" * 1000,
    "D501": "(" * 5000 + "1" + ")" * 5000,
    "D503": "+".join(["1d6"] * 2500),
    "D504": "1d6+" * 2000 + "1",
    "D505": "-" * 9999 + "1",
    "D506": "9" * 5000,
    "D507": "*".join(["9" * 4000] * 2),
    "D508": "9" * 400 + ".0",
    "D510": "0.1/" + "9" * 400,
    "D512": "1d20" + "[a]" * 3000,
    "D513": "1d20[" + "A" * 9990 + "]",
    "D515": "1d20" + "\u200b" * 100,
    "D516": "{" * 200 + "1d6" + "}" * 200,
}

# Optional lines that are something else here, by what they need.
ELSEWHERE = {
    "powers": {"D106", "D111", "D173", "D352"},
    "comparisons between numbers": {"D214", "D254", "D256", "D258", "D259", "D261", "D263", "D264"},
    "sets of numbers in parentheses": {"D233", "D234", "D266", "D269", "D273", "D275"},
    "words as a comment without # or //": {"D296", "D297", "D299", "D305"},
    "counting matches": {"D340", "D341", "D342"},
    "selectors and reroll-and-add of one program": {"D282", "D283"},
    "dice with fractional sides": {"D105"},
    "decimals that are cut off": {"D223", "D224"},
    "a roll inside a roll": {"D309"},
    "twelve unique dice of three faces": {"D094"},
}
NOT_HERE = set().union(*ELSEWHERE.values())


def notation(entry: Entry) -> str:
    return GENERATED[entry["id"]] if entry["notation"] is None else entry["notation"]


ACCEPTED = [
    entry
    for entry in CORPUS
    if entry["rollscape"] in ("core", "alias") or (entry["rollscape"] == "optional" and entry["id"] not in NOT_HERE)
]
REFUSED = [entry for entry in CORPUS if entry["rollscape"] in ("reject", "limit-reject")]


def by_fraction(fraction: float) -> Chance:
    """Chance that comes up at the same fraction of every die."""
    return lambda sides: int(fraction * sides)


def outcomes(entry: Entry) -> Iterator[tuple[Chance, float]]:
    """Each chance that a line of the corpus names, with the total it gives."""
    expect = entry["expect"]
    if "u" in expect:
        yield by_fraction(expect["u"]), expect["total"]
        for fraction, total in expect.get("by_u", {}).items():
            yield by_fraction(float(fraction)), total
    elif "dice_rule" in expect:
        yield striding(), expect["total"]
    elif "total" in expect:
        faces = expect.get("dice", [])
        yield fudged(*faces) if "df" in notation(entry).lower() else loaded(*faces), expect["total"]
    for name, chance in (("all_min", lowest), ("all_max", highest)):
        if name in expect:
            yield chance, expect[name]


@pytest.mark.parametrize("entry", ACCEPTED, ids=lambda entry: entry["id"])
def test_a_notation_means_what_it_means_elsewhere(entry: Entry) -> None:
    expect = entry["expect"]

    rolled = roll(notation(entry), striding())

    assert expect.get("min", rolled.total) <= rolled.total <= expect.get("max", rolled.total)
    assert expect.get("rolls", len(rolled.rolls)) == len(rolled.rolls)
    for chance, total in outcomes(entry):
        assert roll(notation(entry), chance).total == total


@pytest.mark.parametrize("entry", REFUSED, ids=lambda entry: entry["id"])
def test_what_is_refused_elsewhere_is_refused_here_before_anything_is_drawn(entry: Entry) -> None:
    with pytest.raises(DiceError):
        roll(notation(entry), unrolled)
