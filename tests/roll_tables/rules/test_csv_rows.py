"""Roll tables as CSV: what comes in, what is refused by line, and what goes out."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.errors import RuleBroken
from game.roll_tables.rules import csv_rows
from game.roll_tables.rules.csv_rows import CsvRefused
from game.roll_tables.rules.trails import MAX_ROWS, MAX_TEXT


def rows(text: str) -> list[tuple[int, str, str]]:
    return [(row.weight, row.text, row.table) for row in csv_rows.read(text)]


WANDERERS = ["1-4 wolves", "2 bears", "a dragon", "a cow", "a hen"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("weight,text,table\n3,A goblin,\n1,A chest,Treasure", [(3, "A goblin", ""), (1, "A chest", "Treasure")]),
        ("3,A goblin\n1,A chest,Treasure\n", [(3, "A goblin", ""), (1, "A chest", "Treasure")]),
        ("Table;Weight;Text\r\nTreasure;2;A chest\r\n", [(2, "A chest", "Treasure")]),
        ("2\tA goblin, angry\n1\tA chest\tTreasure", [(2, "A goblin, angry", ""), (1, "A chest", "Treasure")]),
        ("d100,result\n01–05,Rain\n06,Hail\n07-00,Sun", [(5, "Rain", ""), (1, "Hail", ""), (94, "Sun", "")]),
        ("1-3,Rain\n4,Hail\n5 - 6,Sun", [(3, "Rain", ""), (1, "Hail", ""), (2, "Sun", "")]),
        ("Rain\n\n  Hail, heavy\n", [(1, "Rain", ""), (1, "Hail, heavy", "")]),
        ("text\nRain\nHail", [(1, "Rain", ""), (1, "Hail", "")]),
        ('"Boo!" says the ghost\n3 goblins', [(1, '"Boo!" says the ghost', ""), (1, "3 goblins", "")]),
        ('2,"Two\nlines, and ""words"""', [(2, 'Two\nlines, and "words"', "")]),
        ("\ufeffweight,text\n2,Rain", [(2, "Rain", "")]),
        ("2,'=1+1\n1,''quoted''", [(2, "=1+1", ""), (1, "''quoted''", "")]),
        ("5\n12", [(1, "5", ""), (1, "12", "")]),
        ("2,,Treasure", [(2, "", "Treasure")]),
        ("die, villain!\nrun, fool!", [(1, "die, villain!", ""), (1, "run, fool!", "")]),
        ("1-4 wolves\n2 bears\na dragon\na cow\na hen", [(1, text, "") for text in WANDERERS]),
        ('weight,text\n2,"1-3 a\n4-6 b"\n1,|x|', [(2, "1-3 a\n4-6 b", ""), (1, "|x|", "")]),
    ],
)
def test_what_people_bring_is_understood(text: str, found: list[tuple[int, str, str]]) -> None:
    assert rows(text) == found


AGAIN = [(2, "Again", ""), (2, "See", ""), (96, "Nothing", "")]


@pytest.mark.parametrize(
    "heading", ["d20", "1d20", "D20", "Roll", "dice", "d20 roll", "Roll d20", "**d20**", "range", "#"]
)
@pytest.mark.parametrize("second", ["Result", "Device", "What happens", "text"])
def test_single_numbers_below_a_die_are_ranges_of_one(heading: str, second: str) -> None:
    assert rows(f"{heading},{second}\n1,a\n2,b\n20,c") == [(1, "a", ""), (1, "b", ""), (1, "c", "")]
    assert rows(f"{second},{heading}\na,1\nb,2-20") == [(1, "a", ""), (19, "b", "")]


@pytest.mark.parametrize("dash", "-‐‑‒–—―−")
@pytest.mark.parametrize(
    "line", ["01{}02 Again", "01 {} 02 Again", "01{}02. Again", "01{}02: Again", "01{}02) Again", "01{}02\tAgain",
             "| 01{}02 | Again |", "**01{}02** Again"]
)  # fmt: skip
def test_lines_that_begin_with_ranges_are_a_printed_table(dash: str, line: str) -> None:
    spans = [line.format(dash), line.format(dash).replace("01", "03").replace("02", "04").replace("Again", "See")]
    last = line.format(dash).replace("01", "05").replace("02", "00").replace("Again", "Nothing")

    assert rows("\n".join([*spans, last])) == AGAIN
    assert rows("\n".join(["Wild magic" if "|" not in line else "| d100 | Effect |\n|---|:--|", *spans, last])) == AGAIN


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("2d6,What\n2,a\n3-11,b\n12,c", [1, 34, 1]),
        ("3d6,What\n3-17,a\n18,b", [215, 1]),
        ("d66,What\n11-16,a\n21-66,b", [6, 30]),
        ("d10,What\n1-5,a\n6-9,b\n0,c", [5, 4, 1]),
        ("d%,What\n01-99,a\n00,b", [99, 1]),
        ("d4 Weather\n1-2 a\n3 b\n4 c", [2, 1, 1]),
        ("d4: Weather\n1: a\n2: b\n3: c\n4: d", [1] * 4),
        ("1. a\n2. b\n3. c", [1] * 3),
        ("1,a\n2,b\n3,c\n4,d", [1] * 4),
        ("1,a\n2,b\n20,c", [1, 2, 20]),
        ("1-3\na\n4-6\nb", [3, 3]),
        ("1 to 3 a\n4 to 6 b", [3, 3]),
        ("Roll;Result;Notes\n1-2;a;b\n3;c;", [2, 1]),
    ],
)
def test_the_odds_are_those_of_the_dice(text: str, weights: list[int]) -> None:
    assert [row.weight for row in csv_rows.read(text)] == weights


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There are no rows"),
        ("weight,text\n", "only a heading"),
        ("2,Rain\nx,Hail", "Line 2: “x” is not a weight"),
        ("2,Rain\n\n0,Hail", "Line 3: “0” is not a weight. Weights start at 1"),
        ("2,Rain\n-1,Hail", "Line 2: “-1” is not a weight"),
        ("1.5,Rain\n1,Hail", "Line 1: “1.5” is not a weight"),
        ("1-3,Rain\n3-6,Hail", "Line 2: 3 is already in line 1"),
        ("6-3,Rain", "Line 1: “6-3” is not a weight. Weights start at 1, and a range must go up"),
        ("2,Rain\n3,", "Line 2: This row has no text"),
        ("2,Rain, and hail, and snow", "Line 1: There are 4 cells"),
        ('2,"Two\nlines"\n1,"open', "Line 3: A quotation mark is missing"),
        ("2,Rain\n1,\0", "Line 2: This line contains a character"),
        ("Rain\n" * (MAX_ROWS + 1), f"Line {MAX_ROWS + 1}: A table has at most 1,000 rows"),
        (f"1,{'x' * (MAX_TEXT + 1)}", "Line 1: A text has at most 2,000 characters"),
        (f"1,{'x' * 200_000}", "Line 1: A text has at most 2,000 characters"),
        ("d6,What\n1,a\n7,b", "Line 3: “7” is not a number that the dice in the heading can show"),
        ("2d6,What\n1,a", "Line 2: “1” is not a number that the dice"),
        ("d20,What\n1,a\n1,b", "Line 3: 1 is already in line 2"),
        ("1-3: a\n4-5: b\nsix: c\n6: d", "Line 3: Most lines begin with a range, but this one does not"),
        ("1-3 goblins\n2-4 orcs", "Line 2: 2 is already in line 1"),
        ("999999,Rain\n2,Hail", "The weights of all rows may add up to at most 1,000,000"),
    ],
)
def test_what_is_no_table_is_refused_by_line(text: str, said: str) -> None:
    with pytest.raises(RuleBroken, match=said):
        csv_rows.read(text)


def test_ranges_without_end_are_refused_soon() -> None:
    with pytest.raises(CsvRefused):
        csv_rows.read("\n".join(f"{number}-{number},x" for number in range(1, 60_000)))


texts = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0\r"), max_size=40).map(str.strip)
tables = st.lists(
    st.tuples(st.integers(1, 900), texts, texts).filter(lambda row: bool(row[1] or row[2])), min_size=1, max_size=30
)


@given(tables)
def test_what_goes_out_comes_in_again(table: list[tuple[int, str, str]]) -> None:
    assert rows(csv_rows.write(table)) == table


@given(tables)
def test_no_cell_that_goes_out_is_a_formula(table: list[tuple[int, str, str]]) -> None:
    for cells in csv.reader(io.StringIO(csv_rows.write(table), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in cells)


def test_no_separator_of_a_spreadsheet_cuts_what_goes_out() -> None:
    assert csv_rows.write([(3, "a;b", "")]) == '"weight","text","table"\r\n"3","a;b",""\r\n'


@given(st.text(max_size=300))
def test_whatever_is_brought_is_rows_or_refused(text: str) -> None:
    try:
        found = csv_rows.read(text)
    except RuleBroken:
        return
    assert found
    assert all(row.weight >= 1 and (row.text or row.table) for row in found)
