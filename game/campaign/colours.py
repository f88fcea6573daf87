"""The eight colours that tell players apart; the pages draw them by number, each theme in its own shade."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable

PLAYER_COLOURS = {
    "#f6a192": "Coral",
    "#e0b26a": "Saffron",
    "#a7c87e": "Leaf",
    "#64d1bd": "Teal",
    "#6fc7f2": "Sky",
    "#b0b2fd": "Iris",
    "#dda3e0": "Orchid",
    "#f39eb5": "Rose",
}


def player_number(colour: str) -> int:
    """1 to 8: the player colour nearest in hue to a colour like `#5b8f8a`."""
    hue = _hue(colour)
    distances = [abs((_hue(known) - hue + 0.5) % 1 - 0.5) for known in PLAYER_COLOURS]
    return distances.index(min(distances)) + 1


def nearest(colour: str) -> str:
    """That player colour itself."""
    return list(PLAYER_COLOURS)[player_number(colour) - 1]


def first_free(taken: Iterable[str]) -> str:
    """The first player colour that none of these is drawn in; the first of all when none is free."""
    used = {player_number(colour) for colour in taken}
    return next(
        (known for number, known in enumerate(PLAYER_COLOURS, 1) if number not in used), next(iter(PLAYER_COLOURS))
    )


def _hue(colour: str) -> float:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return colorsys.rgb_to_hls(red, green, blue)[0]
