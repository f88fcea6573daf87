"""`make bench`: measure everybody, write the results and renew the pages that quote them."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import report, simulate
from bench.generator import compiled
from bench.machine import describe
from bench.phases import PHASES, Plan, measure, visits
from bench.processes import LOAD_CORE, SERVER_CORE
from bench.servers import Contestant, contestants
from bench.together import light, saturation

QUICK = {"servers": "rollscape,seed,websockets", "phases": "saturation,pace,late,reconnect", "runs": 1, "seconds": 1.0}


def arguments() -> argparse.Namespace:
    """What `make bench ARGS=…` may say."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--servers", help="only these, comma-separated")
    parser.add_argument("--phases", help=f"only these: {','.join(PHASES)}")
    parser.add_argument("--runs", type=int, help="how often everybody is measured (3)")
    parser.add_argument("--seconds", type=float, help="how long each measurement lasts (3)")
    parser.add_argument("--quick", action="store_true", help="one short run against two others, in two minutes")
    asked = parser.parse_args()
    narrowed = asked.quick or any((asked.servers, asked.phases, asked.runs, asked.seconds))
    for name, everything in {"servers": "", "phases": ",".join(PHASES), "runs": 3, "seconds": 3.0}.items():
        if getattr(asked, name) is None:
            setattr(asked, name, QUICK[name] if asked.quick else everything)
    unknown = set(asked.phases.split(",")) - set(PHASES)
    if unknown:
        parser.error(f"no such phase: {', '.join(unknown)}; there are {', '.join(PHASES)}")
    asked.whole = not narrowed
    return asked


def chosen(everybody: Sequence[Contestant], names: str) -> list[Contestant]:
    """Those with these names, everybody without one; who lacks something on this machine is left out and named."""
    wanted = names.split(",") if names else [contestant.name for contestant in everybody]
    unknown = set(wanted) - {contestant.name for contestant in everybody}
    if unknown:
        raise SystemExit(f"No such server: {', '.join(unknown)}. There are {', '.join(c.name for c in everybody)}.")
    for contestant in everybody:
        if contestant.name in wanted and contestant.missing:
            print(f"Left out: {contestant.name}, for want of {contestant.missing}.")
    return [contestant for contestant in everybody if contestant.name in wanted and not contestant.missing]


def take_turns(everybody: Sequence[Contestant], program: Path, plan: Plan, runs: int) -> list[dict[str, Any]]:
    """Side by side, then visit by visit each in turn, and then again: what is compared is measured close together."""
    results = []
    together = [measured for measured in (saturation, light) if plan.wants(measured.__name__, "pace")]
    for number in range(1, runs + 1):
        run: dict[str, Any] = {contestant.name: {"failed": {}} for contestant in everybody}
        for compare in together:
            begun = time.monotonic()
            for name, figures in compare(everybody, program, plan).items():
                _note(run, name, figures)
            _tell(number, run, compare.__name__, begun)
        for act in visits(plan):
            begun = time.monotonic()
            for contestant in everybody:
                known = run[contestant.name]
                _note(run, contestant.name, measure(contestant, program, plan, act, known))
            _tell(number, run, act.__name__, begun)
        results.append(run)
    return results


def _note(run: dict[str, Any], name: str, figures: dict[str, Any]) -> None:
    run[name] |= figures | {"failed": run[name]["failed"] | figures["failed"]}


def _tell(number: int, run: dict[str, Any], what: str, begun: float) -> None:
    failed = [f"; {name}: {figures['failed'][what]}" for name, figures in run.items() if what in figures["failed"]]
    print(f"run {number}: {what}, {time.monotonic() - begun:.0f} s{''.join(failed)}", flush=True)


def main() -> None:
    """Measure, write, and say which bars are met."""
    asked = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no server is left behind
    os.sched_setaffinity(0, {LOAD_CORE})  # what is done here is done beside the load, not beside the servers
    if SERVER_CORE == LOAD_CORE:
        print("There is only one core: server and load disturb each other, and the figures mean little.")
    with tempfile.TemporaryDirectory(prefix="rollscape-bench-") as name, ExitStack() as ends:
        folder = Path(name)
        everybody = chosen(contestants(folder, ends), asked.servers)
        plan = Plan(asked.seconds, asked.phases.split(","))
        runs = take_turns(everybody, compiled(folder), plan, asked.runs)
    results = {
        "machine": describe(),
        "seconds": asked.seconds,
        "servers": {contestant.name: contestant.label for contestant in everybody},
        "runs": runs,
    }
    print(report.as_text(results))
    if asked.whole:
        report.RESULTS.write_text(json.dumps(results, indent=1) + "\n")
        report.renew_pages(results)
        simulate.main()


if __name__ == "__main__":
    main()
