"""A link as a picture that a phone across the table can read."""

from __future__ import annotations

from dataclasses import dataclass

import segno

QUIET = 4  # light modules around the code, which readers need


@dataclass(frozen=True, slots=True)
class Drawing:
    """A QR code as the path of an SVG: `size` units wide and high, a module being one unit."""

    size: int
    path: str


def drawn(text: str) -> Drawing:
    """The text as a QR code."""
    matrix = segno.make_qr(text, error="m").matrix
    runs = "".join(
        f"M{QUIET + start} {QUIET + y}h{length}v1h-{length}z"
        for y, row in enumerate(matrix)
        for start, length in _dark_runs(row)
    )
    return Drawing(len(matrix) + 2 * QUIET, runs)


def _dark_runs(row: bytearray) -> list[tuple[int, int]]:
    """Where dark modules stand side by side: from which on, and how many."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
