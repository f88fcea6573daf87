"""Whatever is typed as a formula is rolled or refused, at once, and what is rolled adds up."""

from __future__ import annotations

import contextlib
import gc
import random
import time
from dataclasses import dataclass

from hypothesis import example, given, settings
from hypothesis import strategies as st

from game.dice.rules.dice import MAX_FACES, DiceError, Result, Roll, replay, roll
from tests.dice.rules.chance import loaded
from tests.dice.rules.formulas import TEXTS

LONGEST = 0.05  # seconds


def check_consistent(rolled: Roll, notation: str) -> None:
    assert len(rolled.faces) <= MAX_FACES
    assert [face.place for face in rolled.faces] == list(range(len(rolled.faces)))
    assert all(face in rolled.terms[face.term].faces for face in rolled.faces[:20])
    assert not any(face.kept and face.rerolled for face in rolled.faces)
    assert all(face.kept or not (face.success or face.failure or face.critical) for face in rolled.faces)
    check_number(rolled.total)
    check_number(rolled.modifier)
    assert abs(rolled.total - sum(result.total for result in rolled.results)) < 0.01
    for result in rolled.results:
        check_result(result)
    assert replay(notation, rolled.rolls) == rolled


def check_result(result: Result) -> None:
    for term in result.terms:
        check_number(term.subtotal)
        for face in term.faces:
            check_number(face.worth)
    for bonus in result.bonuses:
        check_number(bonus.value)


def check_number(number: float) -> None:
    """Whole numbers are integers; others have two decimals."""
    assert type(number) is int or (not number.is_integer() and round(number, 2) == number)


def check_presentable(error: DiceError, notation: str) -> None:
    assert error.message.isprintable()
    assert error.message.encode()
    assert len(error.message) < 1_000
    assert error.position is None or 0 <= error.position <= len(notation)


def check_rolled_or_refused(notation: str, seed: int) -> None:
    try:
        rolled = roll(notation, random.Random(seed).randrange)
    except DiceError as error:
        check_presentable(error, notation)
    else:
        check_consistent(rolled, notation)


def seconds(notation: str, seed: int) -> float:
    """How long a formula takes, of this thread's own time."""
    chance = random.Random(seed).randrange
    gc.disable()  # what the other tests left behind is not the formula's to sweep up
    started = time.thread_time()
    try:
        with contextlib.suppress(DiceError):
            roll(notation, chance)
        return time.thread_time() - started
    finally:
        gc.enable()


@settings(max_examples=1_000, deadline=None)
@given(TEXTS, st.integers(0, 99))
@example("1000d1000000" + "kh999" * 20, 1)
@example("990d1000000min1.5" + "u>1.5" * 18, 1)
@example("990d1000000min333.333max333333.444" + "r<9.5" * 8 + "!>9999999.1" * 9 + ">=9.5f>2.5", 1)
@example("d1" + "".join(f"+d1/{2 * number + 1}" for number in range(49)) + " x20", 1)
@example("d1" + "/7" * 240 + " x20", 1)
@example("{d1" + ",1/3" * 110 + "}kh5sd>0f1 x20", 1)
@example("{1," * 50 + "50d6" + "}kh1" * 50 + " x20", 1)
@example("d6" + "+9" + "*999999999" * 22 + "-9" + "*999999999" * 22, 1)
@example("(d1" + "*999999999" * 40 + ")d6u", 1)
@example("1d(d1" + "*0.5" * 100 + ")", 1)
@example("(" * 500, 1)
@example("+".join(["2d6kh"] * 83), 1)
@example("-" * 499 + "1", 1)
@example("d" * 500, 1)
@example("1d6" + "sd" * 200, 1)
@example("1//" * 160, 1)
@example("\ud800\x00", 1)
def test_any_text_is_rolled_or_refused_at_once(notation: str, seed: int) -> None:
    check_rolled_or_refused(notation, seed)

    # Of three, because the garbage collector may clear up after all other tests meanwhile.
    assert any(seconds(notation, seed) < LONGEST for _ in range(3))


@dataclass(frozen=True)
class Written:
    """A term as it is typed, with the faces that it will show and what it then adds."""

    text: str
    faces: list[int]
    adds: int


@st.composite
def written_terms(draw: st.DrawFn) -> Written:
    """One term with its sign, blanks and capitals anywhere, worked out the slow way."""
    sign = draw(st.sampled_from([1, -1]))
    sign_text = "+" if sign == 1 else "-"
    if draw(st.booleans()):
        constant = draw(st.integers(0, 999_999_999))
        return Written(f"{sign_text}{constant}", [], sign * constant)
    sides = draw(st.integers(1, 20))
    faces = draw(st.lists(st.integers(1, sides), min_size=1, max_size=8))
    count = draw(st.integers(1, 10))
    ascending = sorted(faces)
    choice, kept = draw(
        st.sampled_from(
            [
                ("", ascending),
                (f"kh{count}", ascending[::-1][:count]),
                (f"kl{count}", ascending[:count]),
                (f"dh{count}", ascending[::-1][count:]),
                (f"dl{count}", ascending[count:]),
            ]
        )
    )
    words = [sign_text, str(len(faces)), "d", str(sides), choice]
    blank = draw(st.sampled_from(["", " ", "\t "]))
    text = blank.join(words)
    return Written(draw(st.sampled_from([text, text.upper()])), faces, sign * sum(kept))


@given(st.lists(written_terms(), min_size=1, max_size=10))
def test_a_sum_of_terms_comes_to_what_they_add(terms: list[Written]) -> None:
    faces = [face for term in terms for face in term.faces]

    rolled = roll("".join(term.text for term in terms), loaded(*faces))

    assert rolled.total == sum(term.adds for term in terms)
    assert rolled.rolls == tuple(faces)
