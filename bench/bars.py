"""The bars: what RollScape must reach side by side with the others, compared only within one run."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Run = dict[str, Any]  # contestant -> phase -> figures
Value = Callable[[Run], float]


@dataclass(frozen=True)
class Bar:
    """What every run must reach, and what the median is to reach."""

    what: str
    value: Value
    must: float
    aim: float
    unit: str = "×"
    at_least: bool = False

    def reaches(self, value: float, limit: float) -> bool:
        """Whether the value is on the right side of the limit."""
        return value >= limit if self.at_least else value <= limit


@dataclass(frozen=True)
class Verdict:
    """A bar and what the runs reached; no values where it was not measured."""

    bar: Bar
    values: Sequence[float]

    @property
    def median(self) -> float:
        """The runs' median."""
        return statistics.median(self.values)

    @property
    def worst(self) -> float:
        """The run that was furthest from the aim."""
        return min(self.values) if self.bar.at_least else max(self.values)

    @property
    def met(self) -> bool:
        """Whether each run reached what it must."""
        return bool(self.values) and self.bar.reaches(self.worst, self.bar.must)

    @property
    def word(self) -> str:
        """The verdict in a word or two."""
        if not self.values:
            return "not measured"
        if not self.met:
            return "MISSED"
        return "met, and the aim" if self.bar.reaches(self.median, self.bar.aim) else "met"


def _saturation(name: str, in_flight: int = 1) -> Value:
    return lambda run: float(run[name]["saturation"][str(in_flight)]["frames_s"])


def _pace(name: str, rate: int, figure: str) -> Value:
    return lambda run: float(run[name]["pace"][str(rate)][figure])


def _light(name: str) -> Value:
    return lambda run: float(run[name]["light"]["1000"]["ms_kf"])


def _of(name: str, phase: str, figure: str) -> Value:
    return lambda run: float(run[name][phase][figure])


def _ratio(above: Value, below: Value) -> Value:
    return lambda run: above(run) / below(run)


def _idle(name: str) -> Value:
    return lambda run: float(max(run[name]["many"]["kib"][count] for count in ("1000", "5000")))


def _faults(name: str) -> Value:
    def count(run: Run) -> float:
        phases = [run[name][phase] for phase in ("many", "late", "reconnect")]
        phases += [*run[name]["saturation"].values(), *run[name]["pace"].values(), *run[name].get("light", {}).values()]
        return float(sum(phase[fault] for phase in phases for fault in ("lost", "doubled", "closed")))

    return count


def _growth(name: str) -> Value:
    def few(run: Run) -> float:
        return float(run[name]["saturation"]["1"]["ms_kf"])

    return _ratio(_of(name, "many", "ms_kf"), few)


def _either_database() -> list[Bar]:
    bars = []
    for name, on in (("rollscape", "SQLite"), ("rollscape-postgres", "PostgreSQL")):
        bars += [
            Bar(f"{on}: CPU per frame, 5,000 connections to 1,000", _growth(name), 2, 1.2),
            Bar(f"{on}: memory of an idle connection", _idle(name), 25, 25, "KiB"),
            Bar(f"{on}: joining 100,000 events", _of(name, "late", "last_ms"), 50, 50, "ms"),
            Bar(f"{on}: longest stall of the others", _of(name, "late", "max_ms"), 20, 20, "ms"),
            Bar(f"{on}: 1,000 come back at once", _of(name, "reconnect", "last_ms"), 5000, 5000, "ms"),
            Bar(f"{on}: p99 of the others meanwhile", _of(name, "reconnect", "p99_ms"), 100, 100, "ms"),
            Bar(f"{on}: frames lost or doubled, sockets closed", _faults(name), 0, 0, ""),
        ]
    return bars


_OURS = _saturation("rollscape")
BARS: list[Bar] = [
    Bar("saturation, SQLite, to FastAPI", _ratio(_OURS, _saturation("seed")), 1.7, 2.5, at_least=True),
    Bar("… to bare `websockets`", _ratio(_OURS, _saturation("websockets")), 0.85, 1.2, at_least=True),
    Bar("… to Channels' tutorial", _ratio(_OURS, _saturation("channels")), 20, 60, at_least=True),
    Bar("… to python-socketio", _ratio(_OURS, _saturation("python-socketio")), 5, 9, at_least=True),
    Bar(
        "saturation, PostgreSQL, 4 in flight, to FastAPI",
        _ratio(_saturation("rollscape-postgres", 4), _saturation("seed", 4)),
        1.5,
        2.5,
        at_least=True,
    ),
    Bar("p50 at 1,000 frames/s, SQLite", _pace("rollscape", 1_000, "p50_ms"), 1, 1, "ms"),
    Bar("p99 at 1,000 frames/s", _pace("rollscape", 1_000, "p99_ms"), 5, 5, "ms"),
    Bar("p99 at 10,000 frames/s", _pace("rollscape", 10_000, "p99_ms"), 5, 5, "ms"),
    Bar("p99 at 100,000 frames/s", _pace("rollscape", 100_000, "p99_ms"), 25, 25, "ms"),
    Bar(
        "CPU at 1,000 frames/s, to FastAPI",
        _ratio(_light("rollscape"), _light("seed")),
        1.6,
        1,
    ),
    *_either_database(),
]


def verdicts(runs: Sequence[Run]) -> list[Verdict]:
    """Every bar; a run in which something of it failed or was left out does not count for it."""
    return [Verdict(bar, [value for run in runs if (value := _value(bar, run)) is not None]) for bar in BARS]


def _value(bar: Bar, run: Run) -> float | None:
    try:
        return bar.value(run)
    except (KeyError, ZeroDivisionError):  # left out, failed, or so slow that nothing was delivered in time
        return None
