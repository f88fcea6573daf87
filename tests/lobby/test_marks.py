"""The letter in a mark."""

import pytest

from rollscape.parts import initial


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("The Drowned Bell", "D"),
        ("the salt road", "S"),
        ("Theodora", "T"),
        ("The", "T"),
        ("  The   Bell", "B"),
        ("ßon", "S"),
        ("", "?"),
    ],
)
def test_a_mark_has_the_first_letter_without_the_article(name: str, letter: str) -> None:
    assert initial(name)[:1] == letter
