"""Roll tables as text: CSV, rows pasted from a spreadsheet or a book, or only lines.

What comes in: `weight,text,table` under such a heading or without, separated by commas, semicolons or tabs; or a
printed table, in front of whose rows stand numbers and ranges of a die, such as 1-3 or 96–00. A range weighs as many
faces as it has. Where no line begins with a number, each is a text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from game.errors import RuleBroken
from game.roll_tables.rules import layouts
from game.roll_tables.rules.layouts import Record, bare
from game.roll_tables.rules.numbers import ROLLED, SPAN, Numbers, numbers_of, weigher
from game.roll_tables.rules.trails import MAX_ROWS, MAX_TEXT, MAX_WEIGHT

MAX_BYTES = 512 * 1024

COLUMNS = {"weight": "weight", "weights": "weight", "text": "text", "result": "text", "table": "table"}


class CsvRefused(RuleBroken):
    """The import is not a table; the message names the line."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"Line {line}: {why}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its weight, its text, the name of the table that it leads to; and the line that it came from."""

    weight: int
    text: str
    table: str = ""
    line: int = 0


def read(text: str) -> list[Row]:
    """The rows. CsvRefused for a line that is not a row, RuleBroken if there are no rows or too many."""
    text = text.removeprefix("\N{BYTE ORDER MARK}").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        raise CsvRefused(
            text[: text.index("\0")].count("\n") + 1, "This line contains a character that is not text (U+0000)."
        )
    records = _records(text)
    if not records:
        raise RuleBroken("There are no rows. Write one row per line.")
    if len(records) > MAX_ROWS + 1:
        raise CsvRefused(records[MAX_ROWS + 1][0], f"A table has at most {MAX_ROWS:,} rows.")
    rows = _rows(records)
    if not rows:
        raise RuleBroken("There is only a heading. Write one row per line below it.")
    if len(rows) > MAX_ROWS:
        raise CsvRefused(rows[MAX_ROWS].line, f"A table has at most {MAX_ROWS:,} rows.")
    refuse_too_heavy(row.weight for row in rows)
    return rows


def write(rows: Iterable[tuple[int, str, str]]) -> str:
    """CSV of weight, text and table's name, which `read` takes again as it was and no spreadsheet computes."""
    file = io.StringIO()
    # All quoted: where the semicolon separates, a spreadsheet would else cut a text at its own.
    writer = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["weight", "text", "table"])
    for weight, *cells in rows:
        writer.writerow([weight, *map(layouts.shielded, cells)])
    return file.getvalue()


def refuse_too_heavy(weights: Iterable[int]) -> None:
    """RuleBroken if no die has that many sides."""
    if sum(weights) > MAX_WEIGHT:
        raise RuleBroken(f"The weights of all rows may add up to at most {MAX_WEIGHT:,}.")


def _records(text: str) -> list[Record]:
    try:
        return layouts.records(text)
    except layouts.Unreadable as error:
        raise CsvRefused(error.line, str(error)) from None


def _rows(records: list[Record]) -> list[Row]:
    numbers, columns = _heading(records)
    if columns:
        return _read_columns(records[1:], columns, numbers)
    if not any(len(cells) > 1 and SPAN.fullmatch(cells[0].strip()) for _, cells in records):
        return [_row(line, 1, ",".join(cells).strip(), "") for line, cells in records]
    return _read_columns(records, ["weight", "text", "table"], Numbers() if _is_numbered(records) else None)


def _heading(records: list[Record]) -> tuple[Numbers | None, list[str]]:
    """What the rows are numbered by, and the column of each cell; no columns where the first record is no heading."""
    names = [cell.strip().strip("*_`").lower() for cell in records[0][1]]
    numbered = [place for place, name in enumerate(names) if numbers_of(name)]
    if len(numbered) == 1 and len(names) > 1 and (names[numbered[0]] not in ROLLED or _counts(records, numbered[0])):
        columns = ["table" if name == "table" else "text" for name in names]
        columns[numbered[0]] = "weight"
        return numbers_of(names[numbered[0]]), columns
    columns = [COLUMNS.get(name, "") for name in names]
    if "text" not in columns or "" in columns or len(set(columns)) < len(columns):
        return None, []
    return None, columns


def _counts(records: list[Record], place: int) -> bool:
    """Whether numbers stand at this place below the first record."""
    below = [cells[place] for _, cells in records[1:] if len(cells) > place]
    return sum(SPAN.fullmatch(cell.strip()) is not None for cell in below) * 2 >= len(below)


def _is_numbered(records: list[Record]) -> bool:
    """Whether what stands in front counts the rows: three or more from 1 on, the last perhaps 0 or 00."""
    first = [cells[0].strip().strip("*_`") for _, cells in records]
    if len(first) < 3 or not all(cell.isascii() and cell.isdigit() for cell in first):
        return False
    counted = [int(cell) for cell in first]
    if set(first[-1]) == {"0"}:
        counted[-1] = 10 ** len(first[-1])
    return counted == list(range(1, len(first) + 1))


def _read_columns(records: list[Record], columns: list[str], numbers: Numbers | None) -> list[Row]:
    place = columns.index("weight") if "weight" in columns else None
    spans = [
        _span(line, cells[place].strip(), numbers)
        for line, cells in records
        if place is not None and len(cells) > place
    ]
    if numbers is None and any(last is not None for _, last in spans):
        numbers = Numbers()
    weights = _Weights(numbers)
    rows = []
    for line, cells in records:
        if any(cell.strip() for cell in cells[len(columns) :]):
            raise CsvRefused(line, f"There are {len(cells)} cells. Put quotation marks around a text with commas.")
        named: dict[str, str] = {}
        for name, cell in zip(columns, cells, strict=False):
            named[name] = " – ".join(filter(None, (named.get(name, ""), cell.strip())))
        weight = 1 if place is None else weights.of(line, named.get("weight", ""))
        rows.append(_row(line, weight, named.get("text", ""), named.get("table", "")))
    return rows


class _Weights:
    """The weights of a table's rows, each number of a range once."""

    def __init__(self, numbers: Numbers | None) -> None:
        self._numbers = numbers
        self._weigh = weigher(numbers or Numbers())
        self._taken: list[tuple[int, int, int]] = []  # first, last and line of each range

    def of(self, line: int, cell: str) -> int:
        """What a row weighs."""
        first, last = _span(line, cell, self._numbers)
        if self._numbers is None:
            return first
        last = first if last is None else last
        for other_first, other_last, where in self._taken:
            if first <= other_last and other_first <= last:
                raise CsvRefused(line, f"{max(first, other_first)} is already in line {where}.")
        self._taken.append((first, last, line))
        weight = self._weigh(first, last)
        if not weight:
            raise CsvRefused(line, f"“{cell}” is not a number that the dice in the heading can show.")
        return weight


def _span(line: int, cell: str, numbers: Numbers | None) -> tuple[int, int | None]:
    """First and last of a range, or the number that stands alone. In printed tables 00 is a hundred."""
    found = SPAN.fullmatch(cell)
    if found is None:
        raise CsvRefused(
            line, f"“{cell[:40]}” is not a weight. Write a whole number from 1 up, or a range such as 1-3."
        )
    first, last = (_number(part, numbers) if part else None for part in found.groups())
    assert first is not None
    if first < 1 or (last is not None and last < first):
        raise CsvRefused(line, f"“{cell}” is not a weight. Weights start at 1, and a range must go up.")
    return first, last


def _number(digits: str, numbers: Numbers | None) -> int:
    if digits.strip("0"):
        return int(digits)
    if numbers is not None and numbers.zero is not None:
        return numbers.zero
    return 10 ** len(digits) if len(digits) > 1 or numbers is not None else 0


def _row(line: int, weight: int, text: str, table: str) -> Row:
    text, table = bare(text), bare(table)
    if not text and not table:
        raise CsvRefused(line, "This row has no text.")
    if len(text) > MAX_TEXT:
        raise CsvRefused(line, f"A text has at most {MAX_TEXT:,} characters.")
    return Row(weight, text, table, line)
