"""Commit and reveal: faces follow from the seeds, no face is likelier, and a hidden key proves itself only."""

from __future__ import annotations

import hmac
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.dice.rules import dice
from game.dice.rules.fairness.chance import MAX_SIDES, Chance, prefix
from game.dice.rules.fairness.commitments import HIDDEN_ROLLS, commitment, hidden_key, hidden_path, hidden_root, root_of

DOCUMENT = Path(__file__).parents[3] / "docs" / "fairness.md"
VECTORS: dict[str, Any] = json.loads(DOCUMENT.read_text("utf-8").partition("```json\n")[2].partition("\n```")[0])
KEY = bytes.fromhex(VECTORS["server_seed"])
SEEDS = st.dictionaries(st.integers(1, 2**63 - 1), st.text(min_size=1, max_size=64).filter(str.isprintable), max_size=8)
ASKED = st.tuples(st.integers(1, 9), st.sampled_from(["1d20", "1d20 ", "1/(1d20<15)"]), SEEDS)


def seeds_of(vector: dict[str, Any]) -> dict[int, str]:
    return {int(user): seed for user, seed in vector["seeds"].items()}


def chance(key: bytes, vector: dict[str, Any]) -> Chance:
    return Chance(key, VECTORS["session"], vector["n"], vector["words"], seeds_of(vector))


# The vectors ---------------------------------------------------------------------------------------


def test_the_commitment_is_that_of_the_vector() -> None:
    assert commitment(KEY) == VECTORS["commitment"]


def test_message_and_digest_are_those_of_the_vector() -> None:
    first = VECTORS["faces"][0]
    message = prefix(VECTORS["session"], first["n"], first["words"], seeds_of(first)) + b"face 0 0\n"

    assert message.hex() == VECTORS["message"]
    assert hmac.digest(KEY, message, "sha256").hex() == VECTORS["digest"]


@pytest.mark.parametrize("vector", VECTORS["faces"], ids=lambda vector: f"d{vector['sides']}")
def test_faces_are_those_of_the_vector(vector: dict[str, Any]) -> None:
    drawn = chance(KEY, vector)

    assert [drawn.randbelow(vector["sides"]) + 1 for _ in vector["faces"]] == vector["faces"]


def test_one_of_the_vectors_rejects_a_number() -> None:
    vector = VECTORS["faces"][1]
    message = prefix(VECTORS["session"], vector["n"], vector["words"], {}) + b"face 1 0\n"
    first = int.from_bytes(hmac.digest(KEY, message, "sha256")[:4], "big")

    assert first >= MAX_SIDES - MAX_SIDES % vector["sides"]
    assert first % vector["sides"] + 1 != vector["faces"][1]


def test_a_formula_rolls_as_in_the_vector() -> None:
    vector = VECTORS["formula"]
    rolled = dice.roll(vector["formula"], chance(KEY, vector).randbelow)

    assert list(rolled.rolls) == vector["rolls"]
    assert rolled.total == vector["result"]


def test_a_hidden_roll_is_that_of_the_vector() -> None:
    vector = VECTORS["hidden"]
    key = bytes.fromhex(vector["key"])
    drawn = chance(key, vector)

    assert root_of(key, vector["n"], vector["path"]) == VECTORS["hidden_root"]
    assert [drawn.randbelow(vector["sides"]) + 1 for _ in vector["faces"]] == vector["faces"]


# Chance ---------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(key=st.binary(min_size=32, max_size=32), session=st.integers(1), roll=st.integers(1), seeds=SEEDS)
def test_the_same_seeds_roll_the_same_faces(key: bytes, session: int, roll: int, seeds: dict[int, str]) -> None:
    first = Chance(key, session, roll, "1d6", seeds)
    again = Chance(key, session, roll, "1d6", dict(reversed(seeds.items())))

    assert [first.randbelow(1_000_000) for _ in range(5)] == [again.randbelow(1_000_000) for _ in range(5)]


@settings(deadline=None)
@given(ASKED, ASKED)
def test_two_rolls_never_share_a_message(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
    assert (prefix(1, *one) == prefix(1, *other)) == (one == other)


@pytest.mark.parametrize("sides", [2, 3, 6, 20, 100])
def test_no_face_is_likelier(sides: int) -> None:
    drawn = Chance(KEY, 1, 1, "1d6", {})
    counted = Counter(drawn.randbelow(sides) for _ in range(400 * sides))

    # The sum over all faces of (counted - 400)²/400 exceeds this once in 100,000 times; it is always the same here.
    assert sum((counted[face] - 400) ** 2 / 400 for face in range(sides)) < sides + 8.5 * sides**0.5 + 13


def test_numbers_beyond_the_last_multiple_are_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = {(0, 0): MAX_SIDES - 1, (0, 1): MAX_SIDES - 4, (0, 2): MAX_SIDES - 5, (1, 0): 7}
    monkeypatch.setattr(Chance, "_number", lambda self, *asked: numbers[asked])
    drawn = Chance(KEY, 1, 1, "1d6", {})

    assert MAX_SIDES % 6 == 4
    assert [drawn.randbelow(6), drawn.randbelow(6)] == [5, 1]


@pytest.mark.parametrize("sides", [0, -1, MAX_SIDES + 1])
def test_a_die_that_cannot_be_drawn_is_refused(sides: int) -> None:
    with pytest.raises(ValueError, match=str(sides)):
        Chance(KEY, 1, 1, "1d6", {}).randbelow(sides)


# Hidden rolls ---------------------------------------------------------------------------------------


@settings(max_examples=10, deadline=None)  # each a tree of 1,024 keys
@given(st.binary(min_size=32, max_size=32), st.integers(1, HIDDEN_ROLLS))
def test_a_hidden_key_leads_to_the_root(seed: bytes, roll: int) -> None:
    assert root_of(hidden_key(seed, roll), roll, hidden_path(seed, roll)) == hidden_root(seed)


@settings(deadline=None)
@given(st.integers(1, HIDDEN_ROLLS), st.integers(1, HIDDEN_ROLLS), st.integers(0, 7))
def test_a_hidden_key_proves_nothing_but_itself(roll: int, other: int, bit: int) -> None:
    key, path, root = hidden_key(KEY, roll), hidden_path(KEY, roll), hidden_root(KEY)
    changed = bytes([key[0] ^ 1 << bit]) + key[1:]

    assert root_of(changed, roll, path) != root
    assert other == roll or root_of(key, other, path) != root
    assert other == roll or root_of(hidden_key(KEY, other), roll, path) != root


def test_no_two_hidden_rolls_share_a_key() -> None:
    assert len({hidden_key(KEY, roll) for roll in range(1, HIDDEN_ROLLS + 1)}) == HIDDEN_ROLLS
