"""What is compared as a ratio: all servers stand side by side, and each has a second at a time, turn after turn.

A machine drifts by a fifth within minutes, and so would a ratio of two figures that are minutes apart. Latencies are
measured of one server alone (`bench.phases`): the others' heartbeats would show in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.generator import Load
from bench.phases import FEW, RATES, Figures, Plan, as_figures, visiting
from bench.servers import Contestant

IN_FLIGHT = (1, 4, 16)  # messages on their way in each room
TURNS = 4  # of each server in each measurement; each lasts a third of what a measurement of one alone does
LIGHT = "light"  # the lowest pace

Measurement = Callable[[Load, float], Any]  # given how many seconds it takes
Answers = dict[str, list[Any]]  # by the measurement's name, one for each turn


def measurements(plan: Plan) -> dict[str, Measurement]:
    """What is measured side by side, each under its name: how many are in flight, or LIGHT."""
    counts = IN_FLIGHT if plan.wants("saturation") else IN_FLIGHT[:1]  # a pace is asked of a server that can bear it
    closed = {str(count): _closed(count) for count in counts}
    return closed | ({LIGHT: lambda load, seconds: load.open(seconds, RATES[0])} if plan.wants("pace") else {})


def _closed(count: int) -> Measurement:
    return lambda load, seconds: load.closed(seconds, count)


def side_by_side(everybody: Sequence[Contestant], program: Path, plan: Plan) -> dict[str, Figures]:
    """The figures of each contestant by its name: `saturation`, by how many are in flight, and `light`, both without
    latencies. `failed` has the reason where something went wrong."""
    failed: dict[str, Figures] = {}
    loads: dict[str, Load] = {}
    answers: dict[str, Answers] = {contestant.name: {} for contestant in everybody}
    with ExitStack() as ends:
        for contestant in everybody:
            with _noting(failed, contestant.name):
                visit = ends.enter_context(visiting(contestant, program, plan, {}))
                visit.load.connect(visit.server.seats(0, FEW))
                loads[contestant.name] = visit.load
        for what, measurement in measurements(plan).items():
            for turn in range(TURNS):
                for name in list(loads)[:: -1 if turn % 2 else 1]:
                    if name not in failed:
                        with _noting(failed, name):
                            answers[name].setdefault(what, []).append(measurement(loads[name], plan.seconds / 3))
    return {name: {"failed": failed.get(name, {}), **_figures(given)} for name, given in answers.items()}


@contextmanager
def _noting(failed: dict[str, Figures], name: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # noqa: BLE001  (one server that fails must not end the others' run)
        failed[name] = {"side_by_side": str(error)}


def _figures(answers: Answers) -> Figures:
    sums = {what: as_figures(added(given)) for what, given in answers.items()}
    light = {LIGHT: sums.pop(LIGHT)} if LIGHT in sums else {}
    return {"saturation": sums, **light} if sums else {}


def added(answers: Sequence[Any]) -> Any:
    """Several answers of the generator as if they were one; latencies do not add up, and are left out."""
    parts = ("frames", "seconds", "cpu_ms", "lost", "doubled", "closed")
    total = {name: sum(answer[name] for answer in answers) for name in parts}
    return {**total, "busy": max(answer["busy"] for answer in answers), "max_us": 0}
