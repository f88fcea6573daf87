"""`python -m bench.against FOLDER`: this tree beside another checkout of the project, say the commit before.

Both servers stand side by side and take turns of a second, so that what the machine does meanwhile falls on both. It
prints ratios, this one to the other: the median of the runs, and the least and the greatest.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from bench.generator import compiled
from bench.phases import Plan
from bench.servers import PROJECT, Contestant, RollScape, Services
from bench.together import paced, saturation

RATES = (1_000, 10_000)  # frames a second
SHOWN = {"frames_s": "frames a second", "ms_kf": "CPU-ms for 1,000 frames"}


def arguments() -> argparse.Namespace:
    """The other checkout, and how long to measure."""
    parser = argparse.ArgumentParser(prog="python -m bench.against", description=__doc__)
    parser.add_argument("folder", type=Path, help="the other checkout")
    parser.add_argument("--runs", type=int, default=5, help="how often both are measured (5)")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each measurement lasts (3)")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    return parser.parse_args()


def measured(both: list[Contestant], program: Path, plan: Plan) -> Iterator[tuple[str, float]]:
    """One run: what was measured, and the ratio."""
    now, before = (contestant.name for contestant in both)
    for phase, figures in (
        ("saturation", saturation(both, program, plan)),
        ("paced", paced(both, program, plan, RATES)),
    ):
        for name in (now, before):
            if figures[name]["failed"]:
                raise SystemExit(f"{name}: {figures[name]['failed']}")
        for what, ours in figures[now][phase].items():
            for key, label in SHOWN.items():
                if phase == "saturation" or key == "ms_kf":
                    yield f"{phase} {what}: {label}", ours[key] / figures[before][phase][what][key]


def main() -> None:
    """Measure, and print the ratios."""
    asked = arguments()
    ratios: dict[str, list[float]] = {}
    plan = Plan(asked.seconds)
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="rollscape-against-")))
        services = Services(ends) if asked.postgres else None
        both = [
            Contestant("now", "this tree", RollScape(folder / "now", services), ours=True),
            Contestant("before", str(asked.folder), RollScape(folder / "before", services, asked.folder.resolve())),
        ]
        program = compiled(folder)
        for _ in range(asked.runs):
            for what, ratio in measured(both, program, plan):
                ratios.setdefault(what, []).append(ratio)
    print(f"{PROJECT} : {asked.folder}")
    for what, each in ratios.items():
        print(f"{what}: {statistics.median(each):.3f} ({min(each):.3f}-{max(each):.3f})")


if __name__ == "__main__":
    main()
