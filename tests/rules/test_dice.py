"""Dice formulas: what comes out of which faces, what is refused, and that nothing else can happen."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from game.rules.dice import MAX_FACES, DiceError, Roll, roll
from tests.rules.chance import highest, loaded, lowest, unrolled


def refusal(notation: str) -> DiceError:
    with pytest.raises(DiceError) as caught:
        roll(notation, unrolled)
    return caught.value


# What a formula comes to -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notation", "faces", "total", "modifier"),
    [
        ("2d6+3", [4, 5], 12, 3),
        ("d20", [17], 17, 0),
        ("D%", [100], 100, 0),
        ("7", [], 7, 7),
        ("-3", [], -3, -3),
        ("1d20+-5", [4], -1, -5),
        ("1d20 - -5", [4], 9, 5),
        ("-d4+10", [3], 7, 10),
        ("+ 2 D 6 \t+ 1", [1, 2], 4, 1),
        ("2-1d4+5-1d6", [4, 6], -3, 7),
        ("4d6kh3", [1, 5, 3, 6], 14, 0),
        ("4d6k3", [1, 5, 3, 6], 14, 0),
        ("4D6 KL 2", [1, 5, 3, 6], 4, 0),
        ("4d6dl1", [1, 5, 3, 6], 14, 0),
        ("4d6d1", [1, 5, 3, 6], 14, 0),
        ("4d6dh1", [1, 5, 3, 6], 9, 0),
        ("4d6d", [1, 5, 3, 6], 14, 0),
        ("4d6dl", [1, 5, 3, 6], 14, 0),
        ("2d20kh+5", [4, 11], 16, 5),
        ("2d20k", [4, 11], 11, 0),
        ("2d20kl1-1", [4, 11], 3, -1),
        ("2d6k4", [2, 3], 5, 0),
        ("2d6d4", [2, 3], 0, 0),
        ("4d6kh3dl1", [1, 5, 3, 6], 14, 0),
        ("4d6dl1kh3", [1, 5, 3, 6], 14, 0),
        ("5d6dl1dh1", [1, 5, 3, 6, 2], 10, 0),
        ("5d6kh1kl1", [1, 5, 3, 6, 2], 7, 0),
        ("3d6kh2dl1", [4, 4, 6], 10, 0),
        ("d6d6", [3], 0, 0),
        ("999999999", [], 999_999_999, 999_999_999),
        ("d1000000", [1_000_000], 1_000_000, 0),
    ],
)
def test_a_formula_comes_to_its_total(notation: str, faces: list[int], total: int, modifier: int) -> None:
    rolled = roll(notation, loaded(*faces))

    assert (rolled.total, rolled.modifier, rolled.rolls) == (total, modifier, tuple(faces))


def test_a_roll_shows_every_die_of_every_term() -> None:
    rolled = roll("2 - 3d6 KH2 + d% + 1", loaded(5, 1, 2, 77))

    first, second = rolled.terms
    assert (first.notation, first.sign, first.sides, first.subtotal) == ("3d6 KH2", -1, 6, 7)
    assert (second.notation, second.sign, second.sides, second.subtotal) == ("d%", 1, 100, 77)
    assert [(face.value, face.sides, face.kept, face.term) for face in rolled.faces] == [
        (5, 6, True, 0),
        (1, 6, False, 0),
        (2, 6, True, 0),
        (77, 100, True, 1),
    ]
    assert (rolled.total, rolled.modifier) == (73, 3)


@pytest.mark.parametrize("choice", ["kh2", "dl1", "kl2", "dh1"])
def test_of_equal_dice_the_one_drawn_first_is_kept(choice: str) -> None:
    rolled = roll(f"3d6{choice}", loaded(4, 4, 4))

    assert [face.kept for face in rolled.faces] == [True, True, False]


def test_as_many_dice_are_rolled_as_the_limit_allows() -> None:
    assert len(roll(f"{MAX_FACES - 1}d6+d6", lowest).rolls) == MAX_FACES


def test_twenty_modifiers_fit_a_term() -> None:
    assert roll("30d6" + "dl" * 20, lowest).total == 29


@pytest.mark.parametrize("chance", [lowest, highest])
@pytest.mark.parametrize("sign", ["+", "-"])
def test_no_total_that_can_be_written_passes_a_trillion(sign: str, chance: Callable[[int], int]) -> None:
    largest = f"{sign}999d1000000" + f"{sign}999999999" * 48

    assert len(largest) <= 500
    assert abs(roll(largest, chance).total) <= 10**12


# What is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notation", "reason", "position"),
    [
        ("", "empty", None),
        (" \t ", "empty", None),
        ("1+" * 250 + "1", "too_long", None),
        ("-" * 9_999 + "1", "too_long", None),
        ("9" * 5_000, "too_long", None),
        ("(" * 1_000 + "1" + ")" * 1_000, "too_long", None),
        ("1d20\x00", "character", 4),
        ("1d20\n1d20", "character", 4),
        ("1d20\x7f", "character", 4),
        ("\ud800", "character", 0),
        ("١d٦", "character", 0),
        ("1d²", "character", 2),
        ("2d6−1", "character", 3),
        ("1d20" + "\u200b" * 100, "character", 4),
        ("2d6+1234567890", "number_too_long", 4),
        ("2d06", "syntax", 2),
        ("1 0", "syntax", 2),
        ("2d6 4", "syntax", 4),
        ("2d", "syntax", 2),
        ("d", "syntax", 1),
        ("2d-6", "syntax", 2),
        ("2d6+", "syntax", 4),
        ("-", "syntax", 1),
        ("%", "syntax", 0),
        ("10%", "syntax", 2),
        ("6kh2", "syntax", 1),
        ("2d6d%", "syntax", 4),
        ("2d6 k h 1", "syntax", 6),
        ("2d6 goblins", "syntax", 4),
        ("2d6;", "syntax", 3),
        ("4d6kh0", "syntax", 5),
        ("2d20kh-1", "ambiguous", 6),
        ("4d6d - 1", "ambiguous", 5),
        ("2+0d6", "no_dice", 2),
        ("1d0", "sides", 2),
        ("1d1000001", "sides", 2),
        ("1001d6", "too_many_dice", 0),
        ("1000d6 + d6", "too_many_dice", 9),
        ("999999999d6", "too_many_dice", 0),
        ("30d6" + "dl" * 21, "too_many_modifiers", 44),
        ("(2+2)d6", "unsupported", 0),
        ("2d6!", "unsupported", 3),
        ("4dF", "unsupported", 1),
        ("2d6*2", "unsupported", 3),
        ("2d6 // fire", "unsupported", 4),
        ("2d6 # for the goblin", "unsupported", 4),
        ("2d6[fire]", "unsupported", 3),
        ("{2d6}", "unsupported", 0),
        ("4d6ro<2", "unsupported", 3),
        ("1.5", "unsupported", 1),
        ("4d6kh3 x6", "unsupported", 7),
        ("ADV", "unsupported", 0),
        ("d20 stealth", "syntax", 4),
    ],
)
def test_what_cannot_be_rolled_is_refused_before_anything_is_drawn(
    notation: str, reason: str, position: int | None
) -> None:
    error = refusal(notation)

    assert (error.reason, error.position, error.code) == (reason, position, "invalid")


@pytest.mark.parametrize(
    ("notation", "message"),
    [
        ("", "There is nothing to roll; type dice and numbers, as in 2d6+3."),
        ("1d20 foo", "“foo” at character 6 means nothing in a dice formula; type dice and numbers joined by + and -"),
        ("2d6 4", "Expected + or - between two terms, not “4” at character 5"),
        ("2d", "Expected the number of sides after “d”, not the end of the formula"),
        ("2d20kh-1", "The minus at character 7 could belong to “kh” before it; to subtract, type kh1-."),
        ("600d6+401d4", "A formula rolls at most 1,000 dice; with “401d4” at character 7 it comes to 1,001."),
        ("2d6!", "Exploding dice, “!” at character 4, cannot be rolled here"),
        ("\ud800", "Character 1 does not belong in a dice formula"),
    ],
)
def test_a_refusal_says_what_is_wrong_where(notation: str, message: str) -> None:
    assert refusal(notation).message.startswith(message)


# Whatever is typed -------------------------------------------------------------------------

ANYTHING = st.text(st.characters())
ALMOST_FORMULAS = st.text("0123456789dDkKhHlL+-% \t", max_size=40)
WITH_FOREIGN_WORDS = st.lists(
    st.sampled_from(
        ["2d6", "d", "kh", "dl3", "+", "-", " ", "(", ")", "!", "r<2", "1000", "d%", "[a]", "//", "x", "\0"]
    )
).map("".join)


def check_consistent(rolled: Roll) -> None:
    assert all(1 <= face.value <= face.sides for face in rolled.faces)
    assert len(rolled.faces) <= MAX_FACES
    signs = [term.sign for term in rolled.terms]
    kept = sum(signs[face.term] * face.value for face in rolled.faces if face.kept)
    assert rolled.total == kept + rolled.modifier


def check_presentable(error: DiceError, notation: str) -> None:
    assert error.message.isprintable()
    assert error.message.encode()
    assert len(error.message) < 1_000
    assert error.position is None or 0 <= error.position <= len(notation)


@settings(max_examples=1_000, deadline=None)
@given(st.one_of(ANYTHING, ALMOST_FORMULAS, WITH_FOREIGN_WORDS), st.randoms(use_true_random=False))
@example("1000d1000000" + "kh999" * 20, random.Random(1))
@example("+".join(["2d6kh"] * 83), random.Random(1))
@example("-" * 499 + "1", random.Random(1))
@example("d" * 500, random.Random(1))
@example("\ud800\x00", random.Random(1))
def test_any_text_is_rolled_or_refused_at_once(notation: str, chance: random.Random) -> None:
    gc.disable()  # what the other tests left behind is not the formula's to sweep up
    started = time.thread_time()
    try:
        rolled = roll(notation, chance.randrange)
    except DiceError as error:
        check_presentable(error, notation)
    else:
        check_consistent(rolled)
    finally:
        took = time.thread_time() - started
        gc.enable()
    assert took < 0.05


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
