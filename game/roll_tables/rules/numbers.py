"""The numbers in front of a printed table's rows: which die they are of, and how many of its faces a range has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

from game.roll_tables.rules.trails import MAX_WEIGHT

DASH = "[-\u2010-\u2015\u2212\ufe63\uff0d]"
# A number, or two with a dash between; around them the stars of Markdown.
SPAN = re.compile(rf"[*_`]*(\d{{1,7}})(?:\s*(?:{DASH}|to(?=\s))\s*(\d{{1,7}}))?[*_`]*", re.ASCII)
# A line that begins with a range, whatever stands behind it.
LED = re.compile(
    rf"\s*[*_`]*(\d{{1,7}})\s*(?:{DASH}|to(?=\s))\s*(\d{{1,7}})(?![\d.,]\d|[dD]\d)[*_`]*(?:\s*[.:;,)\t]\s*|\s*{DASH}\s+|\s+)",
    re.ASCII,
)
# The same with a single number, among lines of which others begin with ranges.
LED_BY_ONE = re.compile(rf"\s*[*_`]*(\d{{1,7}})(?![\d.,]\d|[dD]\d)[*_`]*(?:\s*[.:;,)\t]\s*|\s*{DASH}\s+|\s+)", re.ASCII)

_DIE = re.compile(
    r"(?:roll(?:\s+of)?\s+|dice\s+|die\s+)?\(?(\d{0,2})d(\d{1,7}|%|00)\)?(?:\s+(?:roll|result|die))?", re.IGNORECASE
)
# Headings that say that it is rolled, and not with what.
ROLLED = {"roll", "rolls", "range", "ranges", "die", "dice", "dice roll", "die roll", "number", "no.", "no", "nr", "#"}
_TWO_DIGITS = {"66", "88", "666", "888"}  # several dice that are read as digits
_MOST_WAYS = 10


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a table is numbered by: `sides` of `count` dice; 0 where a heading only says that it is rolled."""

    count: int = 1
    sides: int = 0
    digits: bool = False  # as many dice as the sides have digits, read as a number

    @property
    def zero(self) -> int | None:
        """What a 0, 00 or 000 stands for; None where the die does not tell."""
        return self.sides if self.sides in (10, 100, 1000) and self.count == 1 else None

    def faces(self) -> Counter[int] | None:
        """In how many ways each number comes; None where all are alike and none is too high."""
        if self.digits:
            sides, places = int(str(self.sides)[0]), len(str(self.sides))
            return Counter(int("".join(faces)) for faces in product(map(str, range(1, sides + 1)), repeat=places))
        if self.count == 1:
            return None
        ways = Counter({0: 1})
        for _ in range(self.count):
            more: Counter[int] = Counter()
            for number, times in ways.items():
                for face in range(1, self.sides + 1):
                    more[number + face] += times
            ways = more
        return ways


def numbers_of(heading: str) -> Numbers | None:
    """What a heading such as `d20`, `2d6`, `d66` or `Roll` says that is rolled; None for any other."""
    name = heading.strip().strip("*_`").strip().lower()
    if name in ROLLED:
        return Numbers()
    found = _DIE.fullmatch(name)
    if found is None:
        return None
    count, sides = int(found[1] or 1), 100 if found[2] in ("%", "00") else int(found[2])
    if not count or not sides or (count > 1 and (count > _MOST_WAYS or sides**count > MAX_WEIGHT)):
        return None
    return Numbers(count, sides, digits=count == 1 and found[2] in _TWO_DIGITS)


def weigher(numbers: Numbers) -> Callable[[int, int], int]:
    """How much a range weighs, from its first number to its last; 0 where no dice come to it."""
    ways = numbers.faces()
    if ways is None:
        most = numbers.sides or MAX_WEIGHT
        return lambda first, last: last - first + 1 if last <= most else 0
    return lambda first, last: sum(times for number, times in ways.items() if first <= number <= last)
