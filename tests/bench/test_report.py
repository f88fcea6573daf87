"""What the bench says of its figures: bars hold in every run, and pages are written from the results alone."""

from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bench import report, simulate
from bench.bars import BARS, Bar, Verdict, verdicts
from bench.plot import Measured, bars_svg
from bench.simulate import CROWDS, Outside, People

RATIO = Bar("frames to theirs", lambda run: float(run["ours"] / run["theirs"]), must=1.5, aim=2, at_least=True)
WAIT = Bar("p99", lambda run: float(run["ours"]), must=5, aim=3, unit="ms")


def measured(frames_s: float) -> dict[str, Any]:
    kept = {"lost": 0, "doubled": 0, "closed": 0, "load": 0.3}
    figures = {"frames_s": frames_s, "ms_kf": 5e5 / frames_s, "p50_ms": 0.8, "p99_ms": 2.0, "max_ms": 9.0, **kept}
    return {
        "saturation": {str(count): figures for count in (1, 4, 16)},
        "light": {"1000": figures},
        "pace": {str(rate): figures for rate in (1_000, 10_000, 100_000)},
        "many": {"kib": {"1000": 22.0, "5000": 21.0}, "base_mib": 100.0, **figures},
        "late": {"came_ms": 10.0, "last_ms": 20.0, **figures},
        "reconnect": {"came_ms": 900.0, "last_ms": 2000.0, **figures},
    }


SPEEDS = {"rollscape": 160e3, "rollscape-postgres": 140e3, "seed": 75e3, "channels": 3e3, "python-socketio": 22e3}
RESULTS: dict[str, Any] = {
    "machine": {"date": "2026-11-23", "processor": "one", "kernel": "Linux 6", "Python": "3.11"},
    "seconds": 3,
    "servers": {name: name.title() for name in [*SPEEDS, "websockets"]},
    "runs": [{name: measured(speed) for name, speed in (SPEEDS | {"websockets": 150e3}).items()} for _ in range(3)],
}


@pytest.mark.parametrize(
    ("bar", "values", "word"),
    [
        (RATIO, [2.1, 1.6, 2.2], "met, and the aim"),
        (RATIO, [1.9, 1.6, 1.7], "met"),
        (RATIO, [2.9, 1.4, 2.9], "MISSED"),
        (WAIT, [2.0, 4.9, 3.1], "met"),
        (WAIT, [2.0, 5.1, 2.0], "MISSED"),
        (WAIT, [], "not measured"),
    ],
)
def test_a_bar_is_met_only_in_every_run(bar: Bar, values: list[float], word: str) -> None:
    assert Verdict(bar, values).word == word


def test_every_bar_finds_its_figures_in_a_whole_run() -> None:
    given = verdicts(RESULTS["runs"])

    assert [len(verdict.values) for verdict in given] == [3] * len(BARS)
    assert all(verdict.met for verdict in given)


@pytest.mark.parametrize("phase", [("late",), ("light", "1000"), ("saturation", "4")])
def test_a_lost_frame_and_a_server_that_failed_are_seen(phase: tuple[str, ...]) -> None:
    run = {name: measured(speed) for name, speed in SPEEDS.items()}
    *way, last = phase
    figures = run["rollscape"]
    for name in way:
        figures = figures[name]
    figures[last] = figures[last] | {"lost": 1}  # that one alone: phases share what was measured
    words = {verdict.bar.what: verdict.word for verdict in verdicts([run])}

    assert words["SQLite: frames lost or doubled, sockets closed"] == "MISSED"
    assert words["… to bare `websockets`"] == "not measured"


def test_the_pages_have_a_place_for_everything_that_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs" / "images").mkdir(parents=True)
    for page in ("README.md", "docs/performance.md", "docs/scaling.md"):
        (tmp_path / page).write_text((report.BENCH.parent / page).read_text())
    monkeypatch.setattr(report, "DOCS", tmp_path / "docs")
    monkeypatch.setattr(report, "README", tmp_path / "README.md")

    report.renew_pages(RESULTS)
    once = (tmp_path / "docs/performance.md").read_text()
    report.renew_pages(RESULTS)

    assert (tmp_path / "docs/performance.md").read_text() == once
    assert "| **Rollscape** | 160 (160–160) |" in once
    readme = (tmp_path / "README.md").read_text()
    assert "160,000 frames a second" in readme
    assert "| **Rollscape** | 160 | 0.8 / 2 | 21 | yes |" in readme


def test_the_picture_is_drawn_to_scale() -> None:
    half, whole = Measured("a & b", [50.0, 40.0], ours=False), Measured("ours", [90.0, 90.0], ours=True)

    picture = ElementTree.fromstring(bars_svg([half, whole], "dark"))  # noqa: S314  (our own)

    widths = [float(bar.get("width", "")) for bar in picture.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths == [pytest.approx(2 * widths[1], abs=0.2), widths[1]]


def test_more_people_need_more_and_the_simulation_repeats_itself() -> None:
    process = simulate.Measured.of(RESULTS)

    needs = [simulate.need(people, process, People(), Outside()) for people in CROWDS]

    assert needs == [simulate.need(people, process, People(), Outside()) for people in CROWDS]
    for less, more in pairwise(needs):
        assert more.processes > less.processes
        assert more.log_gb == pytest.approx(10 * less.log_gb)


def test_a_commit_takes_in_more_the_more_there_is_to_do() -> None:
    process = simulate.Measured.of(RESULTS)

    idle, busy = (simulate.simulate(process, rate, burst=1) for rate in (1, 5000))

    assert idle.batch == pytest.approx(1, abs=0.01)
    assert idle.p99 == pytest.approx(process.base, rel=0.1)
    assert busy.batch > 2
