"""A picture of the throughput: horizontal bars with the runs' extremes, for light and for dark pages."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, ROW, LEFT, RIGHT, TOP, BOTTOM = 820, 34, 230, 90, 44, 30  # pixels
COLOURS = {  # text, faint lines, peers, RollScape, extremes
    "light": ("#1f2328", "#d1d9e0", "#9aa4b0", "#8a3ffc", "#1f2328"),
    "dark": ("#f0f6fc", "#3d444d", "#656c76", "#b98aff", "#f0f6fc"),
}
STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Measured:
    """One server's frames a second, a value for each run."""

    label: str
    values: Sequence[float]
    ours: bool


def bars_svg(measured: Sequence[Measured], scheme: str) -> str:
    """The picture, the best first; the scheme is «light» or «dark»."""
    text, faint, peers, ours, extremes = COLOURS[scheme]
    ranked = sorted(measured, key=lambda one: -statistics.median(one.values))
    most = max(max(one.values) for one in ranked)
    height = TOP + ROW * len(ranked) + BOTTOM
    per = (WIDTH - LEFT - RIGHT) / most
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" font-family="system-ui, sans-serif" font-size="14" fill="{text}">',
        "<title>Delivered frames a second at saturation, one core, one message on its way in each room</title>",
        f'<text x="{LEFT}" y="20" font-weight="600">Delivered frames a second, one core (thousands)</text>',
    ]
    for tick in _ticks(most):
        x = LEFT + tick * per
        parts.append(f'<path d="M{x:.1f} {TOP - 8}V{height - BOTTOM}" stroke="{faint}"/>')
        parts.append(f'<text x="{x:.1f}" y="{height - 10}" text-anchor="middle" font-size="12">{tick / 1000:g}</text>')
    for place, one in enumerate(ranked):
        y, median = TOP + ROW * place, statistics.median(one.values)
        low, high, middle = LEFT + min(one.values) * per, LEFT + max(one.values) * per, y + ROW / 2 - 4
        weight = ' font-weight="600"' if one.ours else ""
        colour = ours if one.ours else peers
        parts += [
            f'<text x="{LEFT - 10}" y="{middle + 5}" text-anchor="end"{weight}>{escape(one.label)}</text>',
            f'<rect x="{LEFT}" y="{y}" width="{max(median * per, 1):.1f}" height="{ROW - 8}" rx="3" fill="{colour}"/>',
            f'<path d="M{low:.1f} {middle}H{high:.1f}" stroke="{extremes}" stroke-width="2"/>',
            f'<text x="{max(high, LEFT) + 8:.1f}" y="{middle + 5}"{weight}>{median / 1000:.3g}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])


def _ticks(most: float) -> list[float]:
    step = next(s * 10**power for power in range(9) for s in STEPS if most / (s * 10**power) <= 6)
    return [step * number for number in range(int(most / step) + 1)]
