"""Dice formulas: what a roll card shows of every die."""

from __future__ import annotations

import pytest

from game.dice.rules.dice import Face, Roll, roll
from tests.dice.rules.chance import highest, loaded, lowest


def shown(rolled: Roll, *flags: str) -> list[tuple[object, ...]]:
    """The faces term by term as a card shows them: each value, then these flags of it."""
    faces = [face for term in rolled.terms for face in term.faces]
    return [(face.value, *(getattr(face, flag) for flag in flags)) for face in faces]


def test_a_face_is_a_value() -> None:
    assert roll("d6", lowest).faces == (Face(value=1, sides=6, kept=True, term=0, place=0, worth=1),)


def test_the_dice_of_a_term_come_first_then_the_extra_ones_die_by_die() -> None:
    rolled = roll("3d6!r1", loaded(6, 1, 6, 2, 6, 1, 5, 4))

    assert rolled.rolls == (6, 1, 6, 2, 6, 1, 5, 4)
    # 6 brought 2; 1 was rerolled into 5; 6 brought 6, which brought 1, which was rerolled into 4.
    assert shown(rolled, "exploded", "rerolled", "kept") == [
        (6, True, False, True),
        (2, False, False, True),
        (1, False, True, False),
        (5, False, False, True),
        (6, True, False, True),
        (6, True, False, True),
        (1, False, True, False),
        (4, False, False, True),
    ]


def test_a_roll_shows_every_die_of_every_term() -> None:
    rolled = roll("2 - 3d6 KH2[Fire] + d% + 1", loaded(5, 1, 2, 77))

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
    assert [term.label for term in rolled.terms] == ["Fire", ""]
    assert [term.die for term in rolled.terms] == ["d6", "d100"]


@pytest.mark.parametrize(("choice", "kept"), [("kh2", [1, 2]), ("dl1", [1, 2]), ("kl2", [0, 1]), ("dh1", [0, 1])])
def test_of_equal_dice_the_later_one_is_the_higher(choice: str, kept: list[int]) -> None:
    rolled = roll(f"3d6{choice}", loaded(4, 4, 4))

    assert [face.place for face in rolled.faces if face.kept] == kept


def test_labels_reach_the_dice_inside_and_the_constants() -> None:
    rolled = roll("(1d6 + 1d8[cold])[fire][magic] + 2[bless] - 1", lowest)

    assert [(term.die, term.label) for term in rolled.terms] == [("d6", "fire, magic"), ("d8", "cold")]
    assert [(bonus.value, bonus.label) for bonus in rolled.results[0].bonuses] == [(2, "bless"), (-1, "")]


@pytest.mark.parametrize(
    ("notation", "comment"),
    [
        ("1d6 # For the Goblin", "For the Goblin"),
        ("1d6//fire", "fire"),
        ("1d6", ""),
        ("1d6#", ""),
        ("6 // (see 2)", "(see 2)"),
    ],
)
def test_a_comment_comes_back_as_typed(notation: str, comment: str) -> None:
    assert roll(notation, lowest).comment == comment


def test_a_sign_is_that_of_everything_around_a_term() -> None:
    rolled = roll("1d4 - (1d6 - 1d8) - 2 * 1d10", lowest)

    assert [(term.die, term.sign) for term in rolled.terms] == [("d4", 1), ("d6", -1), ("d8", 1), ("d10", -1)]


def test_a_count_marks_successes_and_failures_among_the_kept() -> None:
    rolled = roll("4d6>=5f1dl1", loaded(6, 1, 1, 3))

    assert shown(rolled, "kept", "success", "failure") == [
        (6, True, True, False),
        (1, False, False, False),
        (1, True, False, True),
        (3, True, False, False),
    ]
    assert rolled.terms[0].subtotal == rolled.total == 0


def test_criticals_are_marked_and_only_on_dice_that_are_kept() -> None:
    rolled = roll("4d20kh3cs>18cf<3", loaded(19, 1, 2, 20))

    assert shown(rolled, "critical", "fumble") == [
        (19, True, False),
        (1, False, False),
        (2, False, True),
        (20, True, False),
    ]
    assert rolled.total == 41


@pytest.mark.parametrize(("notation", "marks"), [("d20", True), ("d12", False), ("d20cs19", False), ("d12cs", True)])
def test_a_d20_marks_its_highest_face_unasked(notation: str, marks: bool) -> None:
    assert roll(notation, highest).faces[0].critical is marks


def test_a_compounding_die_is_kept_whole() -> None:
    rolled = roll("2d6!!kh1", loaded(6, 5, 3))

    assert shown(rolled, "kept", "exploded") == [(6, True, True), (3, True, False), (5, False, False)]
    assert rolled.total == 9


def test_a_face_says_what_it_counts_for() -> None:
    assert shown(roll("2d6!p", loaded(6, 2, 4)), "worth") == [(6, 6), (4, 3), (2, 2)]
    assert shown(roll("2d6min1.5", loaded(1, 2)), "worth") == [(1, 1.5), (2, 2)]


@pytest.mark.parametrize(
    ("notation", "order"), [("4d6sd", [6, 5, 3, 1]), ("4d6sa", [1, 3, 5, 6]), ("{4d6}s", [1, 3, 5, 6])]
)
def test_sorting_is_for_the_card_alone(notation: str, order: list[int]) -> None:
    rolled = roll(notation, loaded(1, 5, 3, 6))

    assert [value for (value,) in shown(rolled)] == order
    assert rolled.rolls == (1, 5, 3, 6)


def test_a_sorted_group_shows_its_parts_by_total() -> None:
    rolled = roll("{1d6, 2d8, 1d10}sd", loaded(3, 7, 8, 9))

    assert [term.notation for term in rolled.terms] == ["2d8", "1d10", "1d6"]
    assert [face.term for face in rolled.faces] == [2, 0, 0, 1]


def test_a_dropped_part_of_a_group_counts_for_nothing() -> None:
    rolled = roll("{2d6>=3 + 1d4, 3d8}kh1", loaded(6, 5, 4, 1, 2, 2))

    assert [(term.notation, term.subtotal) for term in rolled.terms] == [("2d6>=3", 2), ("1d4", 4), ("3d8", 0)]
    assert not any(face.kept or face.success for face in rolled.terms[2].faces)


def test_a_dropped_count_counts_for_nothing() -> None:
    rolled = roll("{2d6>=3, 3d8}kh1", loaded(6, 5, 1, 2, 2))

    assert (rolled.total, rolled.terms[0].subtotal) == (5, 0)
    assert not any(face.success for face in rolled.terms[0].faces)
