"""Names that look the same: compared by what is seen of them, after Unicode's table of confusable characters."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib.resources import files

# Letters to a program, and nothing to see: Unicode's default ignorables that are in no category of their own.
IGNORED = frozenset("\u034f\u17b4\u17b5") | {chr(code) for code in (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10))}


def skeletons(name: str) -> frozenset[str]:
    """What is seen of a name, upper and lower case being the same. Two names with one in common look alike.

    Each case has its own: `I` looks like `l` and is the same as `i`, which does not; `0` looks like `O`.
    """
    plain = _visible(unicodedata.normalize("NFKC", name))
    cases = (plain, plain.casefold(), plain.upper())
    return frozenset({_drawn(case).casefold() for case in cases} - {""})


def _visible(name: str) -> str:
    seen = "".join(c for c in name if unicodedata.category(c) != "Cf" and c not in IGNORED)
    return " ".join(seen.split())


def _drawn(name: str) -> str:
    return "".join(_prototypes().get(character, character) for character in name)


@cache
def _prototypes() -> dict[str, str]:
    """For each character that looks like others, the one that stands for all of them; for `m` that is `rn`."""
    table = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_text())
    alike: dict[str, set[str]] = {}
    for character, others in table.items():
        group = {character}.union(*(alike.get(other["c"], {other["c"]}) for other in others), alike.get(character, ()))
        alike |= dict.fromkeys(group, group)
    return {character: min(group, key=_standing) for character, group in alike.items() if len(character) == 1}


def _standing(drawing: str) -> tuple[bool, int, str]:
    return not drawing.isascii(), -len(drawing), drawing
