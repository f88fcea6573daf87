"""How a table is laid out as text: cells between commas, semicolons, tabs or bars, or lines led by a range."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from typing import TypeAlias

from game.roll_tables.rules.numbers import LED, LED_BY_ONE, SPAN, numbers_of
from game.roll_tables.rules.trails import MAX_TEXT

Record: TypeAlias = tuple[int, list[str]]  # the line that it begins on, and its cells

# What a spreadsheet may take for a formula; and what stands before it, so that it does not.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_RULE = re.compile(r"[\s|:=_+-]*[-=_]{2,}[\s|:=_+-]*")  # below the heading of a table in Markdown or plain text
_LISTED = re.compile(r"\s*[*_`]*(\d{1,7})[*_`]*\s*[.:)]\s+(?=\S)")


class Unreadable(Exception):
    """The layout of the text is unknown; `line` says where."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


def shielded(cell: str) -> str:
    """With a mark where a spreadsheet would compute it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def bare(cell: str) -> str:
    """Without the mark that `shielded` puts."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def records(text: str) -> list[Record]:
    """The records that are not empty; Unreadable for what cannot be told apart."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    delimiter = _delimiter(lines)
    if lines and {cell.strip('" ').lower() for cell in lines[0][1].split(delimiter)} >= {"weight", "text"}:
        return _separated(text, lines, delimiter)
    if _have_bars(lines):
        return [(number, _between_bars(line)) for number, line in lines if not _RULE.fullmatch(line)]
    lines = _with_texts_below(lines)
    if _is_led(lines, delimiter):
        return _led(lines)
    if _is_listed(lines):
        return [(number, [found[1], line[found.end() :]]) for number, line in lines if (found := _LISTED.match(line))]
    return _separated(text, lines, delimiter)


def _have_bars(lines: Sequence[tuple[int, str]]) -> bool:
    """Whether it is a table as Markdown has them: bars on the left, or a rule below the heading."""
    barred = [line for _, line in lines if "|" in line]
    ruled = len(lines) > 1 and _RULE.fullmatch(lines[1][1]) is not None
    return len(barred) * 2 > len(lines) and (ruled or all(line.lstrip().startswith("|") for line in barred))


def _between_bars(line: str) -> list[str]:
    cells = re.split(r"(?<!\\)\|", line.strip().removeprefix("|").removesuffix("|"))
    return [cell.strip().replace("\\|", "|") for cell in cells]


def _delimiter(lines: Sequence[tuple[int, str]]) -> str:
    """What separates the cells of the first line."""
    first = lines[0][1] if lines else ""
    if "\t" in first:
        return "\t"
    semicolon, comma = first.find(";"), first.find(",")
    return ";" if semicolon >= 0 and (comma < 0 or semicolon < comma) else ","


# Lines that begin with a range ---------------------------------------------------------------------


def _with_texts_below(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Where numbers and texts alternate line by line, each number with its text."""
    spans, texts = lines[::2], lines[1::2]
    alone = [SPAN.fullmatch(line.strip()) for _, line in spans]
    if not all(alone) or len(spans) != len(texts) or not any(found and found[2] for found in alone):
        return lines
    return [(number, f"{span.strip()} {text}") for (number, span), (_, text) in zip(spans, texts, strict=True)]


def _is_led(lines: Sequence[tuple[int, str]], delimiter: str) -> bool:
    """Whether half of the lines begin with a range or a number, and what is in front is in no cell of its own."""
    title = _title(lines)
    below = [line for _, line in (lines if title is None else lines[1:])]
    ranges = [line for line in below if LED.match(line)]
    numbered = [line for line in below if LED.match(line) or _LISTED.match(line)]
    if title is not None and numbers_of(title):
        ranges = numbered = [line for line in below if LED.match(line) or LED_BY_ONE.match(line)]
    apart = [line for line in ranges if SPAN.fullmatch(line.split(delimiter)[0].strip())]
    return len(numbered) * 2 >= len(below) and len(apart) < len(ranges)


def _title(lines: Sequence[tuple[int, str]]) -> str | None:
    """What a first line without a number in front says that is rolled; None where the first line is a row."""
    if len(lines) < 2 or LED.match(lines[0][1]) or LED_BY_ONE.match(lines[0][1]):
        return None
    words = re.split(r"[\s,;:|]+", lines[0][1])
    return next((word for word in words if numbers_of(word)), "")


def _led(lines: Sequence[tuple[int, str]]) -> list[Record]:
    found: list[Record] = []
    title = _title(lines)
    if title is not None:
        found.append((lines[0][0], [title or "roll", "text"]))
        lines = lines[1:]
    else:
        found.append((0, ["roll", "text"]))
    for number, line in lines:
        match = LED.match(line) or LED_BY_ONE.match(line)
        if match is None:
            told = "Most lines begin with a range, but this one does not. Add one, or join it to the line above."
            raise Unreadable(number, told)
        span = "-".join(part for part in match.groups() if part)
        found.append((number, [span, line[match.end() :].strip()]))
    return found


def _is_listed(lines: Sequence[tuple[int, str]]) -> bool:
    """Whether the lines are numbered from 1 on, as in `1. A goblin`."""
    numbers = [found[1] if (found := _LISTED.match(line)) else "" for _, line in lines]
    return len(lines) > 1 and numbers == [str(number) for number in range(1, len(lines) + 1)]


# Cells between delimiters ----------------------------------------------------------------------------


def _separated(text: str, lines: Sequence[tuple[int, str]], delimiter: str) -> list[Record]:
    """Where the text is no CSV and no weight stands in front, its lines."""
    found: list[Record] = []
    begins = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        if "limit" in str(error):
            raise Unreadable(begins, f"A text has at most {MAX_TEXT:,} characters.") from None
        first = [line.split(delimiter) for _, line in lines]
        if any(_is_numbered(cells) for cells in first) or (len(first[0]) > 1 and numbers_of(first[0][0])):
            raise Unreadable(begins, "A quotation mark is missing or misplaced.") from None
        return [(number, [line]) for number, line in lines]
    if any(_is_numbered(cells) for _, cells in found) or _is_heading(found[0][1] if found else []):
        return found
    return [(number, [delimiter.join(cells)]) for number, cells in found]


def _is_numbered(cells: Sequence[str]) -> bool:
    return len(cells) > 1 and SPAN.fullmatch(cells[0].strip()) is not None


def _is_heading(cells: Sequence[str]) -> bool:
    names = [cell.strip().lower() for cell in cells]
    known = {"weight", "weights", "text", "result", "table"}
    return all(name in known or numbers_of(name) for name in names) or (len(names) > 1 and any(map(numbers_of, names)))
