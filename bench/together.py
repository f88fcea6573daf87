"""What is compared as a ratio: the servers stand side by side, and each has a second at a time, turn after turn.

A machine drifts by a fifth within minutes, and so would a ratio of two figures that are minutes apart. Latencies are
measured of one server alone (`bench.phases`): the others' heartbeats would show in them. At a light load nobody but
the two that are compared stands there: each message finds the processor's caches as the neighbours left them.
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
COMPARED = ("rollscape", "seed")  # at a light load

Measurement = Callable[[Load, float], Any]  # given how many seconds it takes


def saturation(everybody: Sequence[Contestant], program: Path, plan: Plan) -> dict[str, Figures]:
    """`saturation` of each contestant, by its name: by the number in flight, without latencies."""
    counts = IN_FLIGHT if plan.wants("saturation") else IN_FLIGHT[:1]  # a pace is asked of a server that can bear it
    return _side_by_side("saturation", everybody, program, plan, {str(count): _closed(count) for count in counts})


def _closed(count: int) -> Measurement:
    return lambda load, seconds: load.closed(seconds, count)


def light(everybody: Sequence[Contestant], program: Path, plan: Plan) -> dict[str, Figures]:
    """`light` of those who are compared at the lowest pace, by its name: `1000` alone, without latencies."""
    two = [contestant for contestant in everybody if contestant.name in COMPARED]
    rate = RATES[0]
    return _side_by_side("light", two, program, plan, {str(rate): _open(rate)})


def paced(everybody: Sequence[Contestant], program: Path, plan: Plan, rates: Sequence[int]) -> dict[str, Figures]:
    """`paced` of each contestant, by its name: by the frames a second, without latencies."""
    return _side_by_side("paced", everybody, program, plan, {str(rate): _open(rate) for rate in rates})


def _open(rate: int) -> Measurement:
    return lambda load, seconds: load.open(seconds, rate)


def _side_by_side(
    phase: str, everybody: Sequence[Contestant], program: Path, plan: Plan, measurements: dict[str, Measurement]
) -> dict[str, Figures]:
    """Each contestant's figures of each measurement. `failed` has the reason where something went wrong."""
    failed: dict[str, Figures] = {}
    loads: dict[str, Load] = {}
    answers: dict[str, dict[str, list[Any]]] = {
        contestant.name: {what: [] for what in measurements} for contestant in everybody
    }
    with ExitStack() as ends:
        for contestant in everybody:
            with _noting(failed, contestant.name, phase):
                visit = ends.enter_context(visiting(contestant, program, plan, {}))
                visit.load.connect(visit.server.seats(0, FEW))
                loads[contestant.name] = visit.load
        for what, measurement in measurements.items():
            for turn in range(TURNS):
                for name in list(loads)[:: -1 if turn % 2 else 1]:
                    if name not in failed:
                        with _noting(failed, name, phase):
                            answers[name][what].append(measurement(loads[name], plan.seconds / 3))
    return {
        name: {
            "failed": failed.get(name, {}),
            phase: {what: as_figures(added(turns)) for what, turns in given.items() if turns},
        }
        for name, given in answers.items()
    }


@contextmanager
def _noting(failed: dict[str, Figures], name: str, phase: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # noqa: BLE001  (one server that fails must not end the others' run)
        failed[name] = {phase: str(error)}


def added(answers: Sequence[Any]) -> Any:
    """Several answers of the generator as if they were one; latencies do not add up, and are left out."""
    parts = ("frames", "seconds", "cpu_ms", "lost", "doubled", "closed")
    total = {name: sum(answer[name] for answer in answers) for name in parts}
    return {**total, "busy": max(answer["busy"] for answer in answers), "max_us": 0}
