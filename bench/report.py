"""From results to pages: tables, pictures and verdicts. `python -m bench.report` renews them without measuring."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench.bars import BARS, Run, Verdict, verdicts
from bench.plot import Measured, bars_svg

BENCH = Path(__file__).resolve().parent
DOCS = BENCH.parent / "docs"
README = BENCH.parent / "README.md"
RESULTS = BENCH / "results.json"
Results = dict[str, Any]


def values_of(runs: Sequence[Run], name: str, *place: str) -> list[float]:
    """A figure of one server in each run that has it."""
    found = []
    for run in runs:
        value: Any = run.get(name, {})
        for key in place:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            found.append(float(value))
    return found


def spread(values: Sequence[float], scale: float = 1) -> str:
    """The median, and the extremes where there is more than one value: «158 (150–163)»; «–» without any."""
    if not values:
        return "–"
    shown = [_short(value / scale) for value in (statistics.median(values), min(values), max(values))]
    return shown[0] if len(values) == 1 else f"{shown[0]} ({shown[1]}–{shown[2]})"


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _by_server(results: Results, columns: dict[str, Callable[[str], str]]) -> str:
    rows = [
        [f"**{label}**" if name.startswith("rollscape") else label, *(cell(name) for cell in columns.values())]
        for name, label in results["servers"].items()
    ]
    return table(["", *columns], rows)


def saturation_table(results: Results) -> str:
    """Throughput and what it costs."""
    runs = results["runs"]

    def cell(*place: str, scale: float = 1) -> Callable[[str], str]:
        return lambda name: spread(values_of(runs, name, *place), scale)

    return _by_server(
        results,
        {
            "k frames/s": cell("saturation", "1", "frames_s", scale=1000),
            "4 in flight": cell("saturation", "4", "frames_s", scale=1000),
            "16 in flight": cell("saturation", "16", "frames_s", scale=1000),
            "CPU-ms for 1,000": cell("saturation", "1", "ms_kf"),
            "5,000 connections, k frames/s": cell("many", "frames_s", scale=1000),
            "CPU-ms for 1,000 ": cell("many", "ms_kf"),
        },
    )


def pace_table(results: Results) -> str:
    """Latencies at a given pace, in milliseconds."""
    runs = results["runs"]

    def cell(rate: str) -> Callable[[str], str]:
        return lambda name: " / ".join(
            spread(values_of(runs, name, "pace", rate, figure)) for figure in ("p50_ms", "p99_ms")
        )

    return _by_server(
        results,
        {
            "1,000 frames/s: p50 / p99 ms": cell("1000"),
            "10,000": cell("10000"),
            "100,000": cell("100000"),
            "CPU-ms for 1,000 at 1,000/s": lambda name: spread(values_of(runs, name, "pace", "1000", "ms_kf")),
        },
    )


def short_table(results: Results) -> str:
    """README's: what somebody who chooses a server looks at first, as medians."""

    def median(*places: tuple[str, ...], scale: float = 1) -> Callable[[str], str]:
        def cell(name: str) -> str:
            values = [values_of(results["runs"], name, *place) for place in places]
            return " / ".join(_short(statistics.median(found) / scale) if found else "–" for found in values)

        return cell

    return _by_server(
        results,
        {
            "k frames/s": median(("saturation", "1", "frames_s"), scale=1000),
            "p50 / p99 ms at 1,000 frames/s": median(("pace", "1000", "p50_ms"), ("pace", "1000", "p99_ms")),
            "KiB an idle connection": median(("many", "kib", "5000")),
            "stored before it is sent": lambda name: "yes" if name.startswith("rollscape") else "no",
        },
    )


def keeping_table(results: Results) -> str:
    """Memory of idle connections, and what was lost."""
    runs = results["runs"]

    def lost(name: str) -> str:
        return f"{sum(fault for run in runs for fault in _faults(run.get(name, {}))):,.0f}"

    return _by_server(
        results,
        {
            "KiB each at 1,000": lambda name: spread(values_of(runs, name, "many", "kib", "1000")),
            "at 5,000": lambda name: spread(values_of(runs, name, "many", "kib", "5000")),
            "frames lost": lost,
        },
    )


def _faults(figures: Any) -> list[float]:
    if not isinstance(figures, dict):
        return []
    return [figures.get("lost", 0), *(fault for value in figures.values() for fault in _faults(value))]


def coming_table(results: Results) -> str:
    """How RollScape lets people in while others play."""
    runs, rows = results["runs"], []
    for name, label in results["servers"].items():
        if name.startswith("rollscape"):
            cells = (("late", "last_ms"), ("late", "max_ms"), ("reconnect", "last_ms"), ("reconnect", "p99_ms"))
            rows.append([label, *(spread(values_of(runs, name, *place)) for place in cells)])
    head = ["ms", "joining 100,000 events", "longest stall of others", "1,000 back at once", "p99 of others meanwhile"]
    return table(head, rows)


def verdict_rows(given: Sequence[Verdict]) -> list[list[str]]:
    """What each bar asks, what was reached, and the verdict."""
    rows = []
    for verdict in given:
        bar, sign = verdict.bar, "≥" if verdict.bar.at_least else "≤"
        asks = f"{sign} {bar.must:,g} {bar.unit}" + (f" ({bar.aim:,g})" if bar.aim != bar.must else "")
        worst = _short(verdict.worst) if verdict.values else "–"
        rows.append([bar.what, asks.strip(), spread(verdict.values), worst, verdict.word])
    return rows


def as_text(results: Results) -> str:
    """Everything for a terminal; the bars at the end."""
    parts = [saturation_table, pace_table, keeping_table, coming_table]
    given = verdicts(results["runs"])
    rows = verdict_rows(given)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    met, measured = sum(verdict.met for verdict in given), sum(bool(verdict.values) for verdict in given)
    lines.append(f"{met} of {len(BARS)} bars met, {measured - met} missed, {len(BARS) - measured} not measured.")
    return "\n\n".join([*(part(results) for part in parts), "\n".join(lines)])


def _machine(results: Results) -> str:
    machine = dict(results["machine"])
    date, processor, kernel = (machine.pop(name) for name in ("date", "processor", "kernel"))
    versions = ", ".join(f"{name} {version}" for name, version in machine.items())
    share = [value for run in results["runs"] for figures in run.values() for value in _loads(figures)]
    return (
        f"Measured on {date}: {processor}, {kernel}; {versions}. {len(results['runs'])} runs, "
        f"{results['seconds']:g} s a measurement. The load generator had something to do in {100 * max(share):.0f} % "
        "of its time at the most; the rest it spent asking for more."
    )


def _loads(figures: Any) -> list[float]:
    if not isinstance(figures, dict):
        return []
    return [*([figures["load"]] if "load" in figures else []), *(x for part in figures.values() for x in _loads(part))]


def _ratios(results: Results) -> str:
    """README's paragraph before its table."""
    by_name = {verdict.bar.what: verdict for verdict in verdicts(results["runs"]) if verdict.values}
    fastapi, tutorial = by_name["saturation, SQLite, to FastAPI"], by_name["… to Channels' tutorial"]
    frames = statistics.median(values_of(results["runs"], "rollscape", "saturation", "1", "frames_s"))
    light = statistics.median(values_of(results["runs"], "rollscape", "pace", "1000", "p50_ms"))
    return (
        f"One core delivers {frames:,.0f} frames a second to 1,000 players, each stored before it is sent: "
        f"{fastapi.median:.1f} times as many as the usual design with FastAPI, which stores nothing, and "
        f"{tutorial.median:.0f} times as many as Channels' tutorial. At a table's pace, a message reaches everybody "
        f"after {light:.1f} ms. `make bench` measures it on your machine. [docs/performance.md](docs/performance.md) "
        "has the figures, [docs/scaling.md](docs/scaling.md) explains what larger numbers need."
    )


def replace_between(page: Path, mark: str, text: str) -> None:
    """Put the text between the page's two comments with that mark."""
    old = page.read_text()
    begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
    head, rest = old.split(begin, 1)
    page.write_text(f"{head}{begin}\n{text}\n{end}{rest.split(end, 1)[1]}")


def renew_pages(results: Results) -> None:
    """Write the figures into docs/performance.md, its pictures and README."""
    page = DOCS / "performance.md"
    rows = verdict_rows(verdicts(results["runs"]))
    texts = {
        "machine": _machine(results),
        "saturation": saturation_table(results),
        "pace": pace_table(results),
        "keeping": keeping_table(results),
        "coming": coming_table(results),
        "bars": table(["bar", "every run (aim)", "median (min–max)", "worst run", ""], rows),
    }
    for mark, text in texts.items():
        replace_between(page, mark, text)
    measured = [
        Measured(label.replace("`", ""), values, ours=name.startswith("rollscape"))
        for name, label in results["servers"].items()
        if (values := values_of(results["runs"], name, "saturation", "1", "frames_s"))
    ]
    for scheme in ("light", "dark"):
        (DOCS / "images" / f"saturation-{scheme}.svg").write_text(bars_svg(measured, scheme))
    replace_between(README, "performance", f"{_ratios(results)}\n\n{short_table(results)}")


def main() -> None:
    """Renew the pages from the last results."""
    results = json.loads(RESULTS.read_text())
    renew_pages(results)
    print(as_text(results))


if __name__ == "__main__":
    main()
