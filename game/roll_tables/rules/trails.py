"""Roll tables: which row a number falls on, and which tables may lead to which."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate

MAX_DEPTH = 10  # tables drawn from one after the other
MAX_ROWS = 1_000
MAX_TABLES = 200  # in a campaign
MAX_TEXT = 2_000
MAX_WEIGHT = 1_000_000  # of all rows together: the sides of the die that is rolled


def row_at(weights: Sequence[int], number: int) -> int:
    """The place, from 0, of the row on which a number from 1 to the sum of the weights falls."""
    return next(place for place, end in enumerate(accumulate(weights)) if number <= end)


def bad_trail(leads: Mapping[int, Collection[int]], start: int) -> list[int]:
    """The tables from `start` on that come round to one of them, or are more than MAX_DEPTH; empty if none do.

    `leads`: the tables that the rows of each table lead to. One that comes round ends with a table that it passed.
    """
    longest: dict[int, list[int]] = {}

    def follow(table: int, passed: list[int]) -> list[int] | None:
        """Sets the longest trail from a table; returns one that comes round."""
        if table in passed:
            return [*passed, table]
        if table in longest:
            return None
        longest_below: list[int] = []
        for following in leads.get(table, ()):
            if (round_trip := follow(following, [*passed, table])) is not None:
                return round_trip
            longest_below = max(longest_below, longest[following], key=len)
        longest[table] = [table, *longest_below]
        return None

    round_trip = follow(start, [])
    if round_trip is not None:
        return round_trip
    return longest[start] if len(longest[start]) > MAX_DEPTH else []
