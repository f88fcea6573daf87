"""Roll tables as text: CSV, rows pasted from a spreadsheet, printed tables with ranges, or only lines.

What comes in: `weight,text,table` under such a heading or without, separated by commas, semicolons or tabs; a weight
may be a range such as 1-3 or 96–00, of which it is the width. Where no line begins with a weight, each is a text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from game.errors import RuleBroken
from game.roll_tables.rules.trails import MAX_ROWS, MAX_TEXT, MAX_WEIGHT

MAX_BYTES = 512 * 1024

COLUMNS = {
    "weight": "weight",
    "range": "weight",
    "roll": "weight",
    "text": "text",
    "result": "text",
    "table": "table",
}
_DIE = re.compile(r"d\d{1,7}|d%", re.IGNORECASE)
_WEIGHT = re.compile(r"(\d{1,7})(?:\s*[-–—]\s*(\d{1,7}))?", re.ASCII)
# What a spreadsheet may take for a formula; and what stands before it, so that it does not.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


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
    lines = text.split("\n")
    delimiter = _delimiter(lines)
    records = _records(text, lines, delimiter)
    if not records:
        raise RuleBroken("There are no rows. Write one row per line.")
    if len(records) > MAX_ROWS + 1:
        raise CsvRefused(records[MAX_ROWS + 1][0], f"A table has at most {MAX_ROWS:,} rows.")
    heading = _heading(records[0][1])
    rows = _weighed(records[1:], heading) if heading else _unheaded(records, delimiter)
    if not rows:
        raise RuleBroken("There is only a heading. Write one row per line below it.")
    if len(rows) > MAX_ROWS:
        raise CsvRefused(rows[MAX_ROWS].line, f"A table has at most {MAX_ROWS:,} rows.")
    refuse_too_heavy(row.weight for row in rows)
    return rows


def write(rows: Iterable[tuple[int, str, str]]) -> str:
    """CSV of weight, text and table's name, which `read` takes again as it was and no spreadsheet computes."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(["weight", "text", "table"])
    for weight, *cells in rows:
        writer.writerow([weight, *(f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells)])
    return file.getvalue()


def refuse_too_heavy(weights: Iterable[int]) -> None:
    """RuleBroken if no die has that many sides."""
    if sum(weights) > MAX_WEIGHT:
        raise RuleBroken(f"The weights of all rows may add up to at most {MAX_WEIGHT:,}.")


Record = tuple[int, list[str]]  # the line that it begins on, and its cells


def _records(text: str, lines: Sequence[str], delimiter: str) -> list[Record]:
    """The records that are not empty. Where the text is no CSV and no weight stands in front, its lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[Record] = []
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        if "limit" in str(error):
            raise CsvRefused(begins, f"A text has at most {MAX_TEXT:,} characters.") from None
        plain = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
        first = [line.split(delimiter) for _, line in plain]
        if any(len(cells) > 1 and _WEIGHT.fullmatch(cells[0].strip()) for cells in first) or _heading(first[0]):
            raise CsvRefused(begins, "A quotation mark is missing or misplaced.") from None
        return [(number, [line]) for number, line in plain]
    return found


def _delimiter(lines: Sequence[str]) -> str:
    """What separates the cells of the first line that is not empty."""
    first = next((line for line in lines if line.strip()), "")
    if "\t" in first:
        return "\t"
    semicolon, comma = first.find(";"), first.find(",")
    return ";" if semicolon >= 0 and (comma < 0 or semicolon < comma) else ","


def _heading(cells: Sequence[str]) -> list[str]:
    """The column of each cell, where this is a heading; else nothing."""
    names = [cell.strip().lower() for cell in cells]
    columns = [COLUMNS.get(name, "weight" if _DIE.fullmatch(name) else "") for name in names]
    known = [column for column in columns if column]
    if "text" not in known or len(known) < len(names) or len(set(known)) < len(known):
        return []
    return columns


def _unheaded(records: list[Record], delimiter: str) -> list[Row]:
    if any(len(cells) > 1 and _WEIGHT.fullmatch(cells[0].strip()) for _, cells in records):
        return _weighed(records, ["weight", "text", "table"])
    return [_row(line, 1, delimiter.join(cells).strip(), "") for line, cells in records]


def _weighed(records: list[Record], columns: list[str]) -> list[Row]:
    ranged = "weight" in columns and any(
        _is_range(cells[columns.index("weight")]) for _, cells in records if len(cells) > columns.index("weight")
    )
    taken: list[tuple[int, int, int]] = []  # first, last and line of each range
    rows = []
    for line, cells in records:
        if any(cell.strip() for cell in cells[len(columns) :]):
            raise CsvRefused(line, f"There are {len(cells)} cells. Put quotation marks around a text with commas.")
        named = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
        first, last = _span(line, named.get("weight", "1"))
        if ranged and "weight" in columns:
            last = last if last is not None else first
            _refuse_overlap(line, first, last, taken)
            weight = last - first + 1
        else:
            weight = first
        rows.append(_row(line, weight, named.get("text", ""), named.get("table", "")))
    return rows


def _is_range(cell: str) -> bool:
    found = _WEIGHT.fullmatch(cell.strip())
    return found is not None and found[2] is not None


def _span(line: int, cell: str) -> tuple[int, int | None]:
    """First and last of a range, or the number that stands alone. In printed tables 00 is a hundred."""
    found = _WEIGHT.fullmatch(cell)
    if found is None:
        raise CsvRefused(
            line, f"“{cell[:40]}” is not a weight. Write a whole number from 1 up, or a range such as 1-3."
        )
    first, last = ((100 if part == "00" else int(part)) if part else None for part in found.groups())
    assert first is not None
    if first < 1 or (last is not None and last < first):
        raise CsvRefused(line, f"“{cell}” is not a weight. Weights start at 1, and a range must go up.")
    return first, last


def _refuse_overlap(line: int, first: int, last: int, taken: list[tuple[int, int, int]]) -> None:
    for other_first, other_last, where in taken:
        if first <= other_last and other_first <= last:
            raise CsvRefused(line, f"{max(first, other_first)} is already in line {where}.")
    taken.append((first, last, line))


def _row(line: int, weight: int, text: str, table: str) -> Row:
    text, table = _bare(text), _bare(table)
    if not text and not table:
        raise CsvRefused(line, "This row has no text.")
    if len(text) > MAX_TEXT:
        raise CsvRefused(line, f"A text has at most {MAX_TEXT:,} characters.")
    return Row(weight, text, table, line)


def _bare(cell: str) -> str:
    """Without the mark that `write` puts before what a spreadsheet would compute."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
