"""Player colours and the QR code: what is drawn by number and by path."""

import re

import pytest
import segno

from game.campaign.colours import PLAYER_COLOURS, first_free, nearest, player_number
from game.lobby import qr


@pytest.mark.parametrize(("number", "colour"), list(enumerate(PLAYER_COLOURS, 1)))
def test_each_player_colour_is_its_own(number: int, colour: str) -> None:
    assert (player_number(colour), nearest(colour)) == (number, colour)


@pytest.mark.parametrize(("colour", "name"), [("#5b8f8a", "Teal"), ("#ff0000", "Coral"), ("#000000", "Coral")])
def test_any_other_is_drawn_in_the_nearest(colour: str, name: str) -> None:
    assert PLAYER_COLOURS[nearest(colour)] == name


def test_a_new_character_gets_a_colour_of_its_own() -> None:
    taken: list[str] = []
    for _ in PLAYER_COLOURS:
        taken.append(first_free(taken))

    assert sorted(taken) == sorted(PLAYER_COLOURS)
    assert first_free(taken) == taken[0]


def test_a_qr_code_is_drawn_module_by_module() -> None:
    link = "http://play.example/join/aB3-_xYz0123456789abcd/"

    drawing = qr.drawn(link)

    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", drawing.path):
        dark |= {(int(x) + step, int(y)) for step in range(int(length))}
    matrix = segno.make_qr(link, error="m").matrix
    expected = {(x + 4, y + 4) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert dark == expected
    assert drawing.size == len(matrix) + 8
