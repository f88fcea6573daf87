"""What to type instead of words and signs that other programs and books have and this grammar has not."""

from __future__ import annotations

import re

# By the whole run of letters, or by the sign. Each stands behind a semicolon: “foo” means nothing …; HINT.
HINTS = {
    "w": "type d for a die, as in 1d20",
    "h": "to keep the highest, type kh1; to drop it, type dh1",
    "l": "to keep the lowest, type kl1; to drop it, type dl1",
    "b": "to keep the best, type kh1",
    "t": "to count successes, type what to reach, as in 5d10>=8",
    "m": "to count what matches, type = and the number, as in 5d10=10",
    "mt": "to count what matches, type = and the number, as in 5d10=10",
    "c": "to flip a coin, type 1d2",
    "p": "to drop dice, type dl1 or dh1",
    "ph": "to drop the highest, type dh1",
    "pl": "to drop the lowest, type dl1",
    "ra": "to add a die once, type !o and the number, as in 2d6!o1",
    "keep": "to keep the highest, type kh1",
    "drop": "to drop the lowest, type dl1",
    "advantage": "type adv",
    "disadvantage": "type dis",
    "times": "to repeat the formula, type x and the number at its end, as in 4d6kh3 x6",
    "vs": "put words behind a #, as in 1d20+5 # against 15",
    "dc": "put words behind a #, as in 1d20+5 # against 15",
    "roll": "type the dice alone, as in 1d20",
    "r": "type the dice alone, as in 1d20",
    "^": "there are no powers; type the product, as in 2*2*2",
    "**": "there are no powers; type the product, as in 2*2*2",
    "×": "to multiply, type *; to repeat, type x and the number at the end, as in 4d6kh3 x6",
    "÷": "to divide, type /, as in 1d20/2",
    ":": "to divide, type /, as in 1d20/2; put words behind a #",
    ";": "roll one formula at a time",
    "&": "roll one formula at a time",
    "@": "there are no named values yet; type the number",
    "$": "there are no named values yet; type the number",
}

# The beginning of a number that goes on behind a comma or a blank.
_LAST_NUMBER = re.compile(r"(?<![0-9.])[0-9]{1,3}$")


def hint(word: str) -> str:
    """What to type instead of a word that means nothing."""
    return HINTS.get(word, "type dice and numbers, as in 2d6+3, and put words behind a #")


def without_zeros(notation: str, start: int, end: int) -> str:
    """What to type instead of the number notation[start:end], which begins with a zero."""
    before, number, behind = notation[:start].rstrip(), notation[start:end], notation[end:].lstrip()
    first = _LAST_NUMBER.search(before.rstrip(", "))
    gap = notation[first.end() : start] if first else ""
    in_list = first is not None and re.search(r"[({][^)}]*[a-z]$", before[: first.start()]) is not None
    if first and gap and not in_list and len(number) == 3:
        return f"type {first[0]}{number}, without a gap"
    if first and gap == "," and not in_list:
        return f"type {first[0]}.{number}, with a point"
    plain = number.lstrip("0")
    if plain and not plain.startswith("."):
        return f"type {plain} instead"
    if plain:
        return f"type 0{plain} instead"
    if before.endswith("d"):
        return f"type d1{number} instead"
    if before[-1:].isalpha() or behind.startswith("d"):
        return "leave it out"
    return "type 0 instead"


def without_comma(before: str, behind: str) -> str:
    """What to type instead of two numbers with a comma between them, which are no list."""
    if len(behind) == 3:
        return f"type {before}{behind}, without a comma"
    return f"type {before}.{behind}, with a point"
