"""Measurements of one server at a time: each visit starts it again, lets the load in and returns figures under the
phases' names. What is compared as a ratio is measured in `bench.together`.

Figures of a measurement: `frames_s` delivered a second, `ms_kf` CPU-milliseconds for 1,000 of them, `p50_ms`,
`p99_ms`, `max_ms` from send (or from when it was due) to each receipt, `lost`, `doubled`, `closed` sockets, and
`load` (the share of its core that the generator used).
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.generator import Load, TurnedAway
from bench.processes import cpu_ms, resident_kib
from bench.servers import MEMBERS, ROOMS, Contestant, Server

Figures = dict[str, Any]

PHASES = ("saturation", "pace", "many", "late", "reconnect")
FEW, MANY = 50, ROOMS  # rooms: 1,000 and 5,000 connections
RATES = (1_000, 10_000, 100_000)  # receipts a second
BEYOND = 1.5  # a rate that far past its saturation is not asked of a server
MISSED = 10  # events that each has missed who comes back
JOINERS = MEMBERS // 2  # who join the session with the long log; the others sit there and talk


@dataclass(frozen=True)
class Plan:
    """How long each measurement lasts, in seconds, and which phases are wanted."""

    seconds: float = 3.0
    phases: Sequence[str] = PHASES

    def wants(self, *phases: str) -> bool:
        """Whether any of these is wanted."""
        return any(phase in self.phases for phase in phases)


class Visit:
    """One server that was just started, and a generator that knows it; `known` was measured of it before."""

    def __init__(self, program: Path, server: Server, plan: Plan, known: Figures) -> None:
        self.server = server
        self.plan = plan
        self.known = known
        self.load = Load(program, server.port, server.dialect, lambda: cpu_ms(server.pids))

    def pace(self) -> Figures:
        """1,000 connections at a given pace, up to what it was seen to bear."""
        self.load.connect(self.server.seats(0, FEW))
        self.load.closed(self.plan.seconds / 3, 1)  # what a server does for the first time takes longer
        bore = [measured["frames_s"] for measured in self.known["saturation"].values()]
        most = BEYOND * max(bore, default=0)
        rates = [rate for rate in RATES if rate <= most]
        return {"pace": {str(rate): as_figures(self.load.open(self.plan.seconds, rate)) for rate in rates}}

    def many(self) -> Figures:
        """5,000 connections: their memory while they are idle, then saturation."""
        own = [self.server.pid]
        self.load.connect(self.server.seats(0, 1))  # what is loaded with the first ones is not theirs
        before, seated = resident_kib(own), 1
        kib: dict[str, float] = {}  # by the number of connections
        figures: Figures = {"kib": kib, "base_mib": before / 1024}
        for rooms in (FEW, MANY):
            try:
                self.load.connect(self.server.seats(seated, rooms - seated))
            except TurnedAway as turned_away:
                return {"many": figures, "failed": {"many": str(turned_away)}}
            seated = rooms
            kib[str(rooms * MEMBERS)] = (resident_kib(own) - before) / ((rooms - 1) * MEMBERS)
        return {"many": figures | as_figures(self.load.closed(self.plan.seconds, 1))}

    def late(self) -> Figures:
        """Ten join a session with a long log, one after another, while 1,010 others talk."""
        room = self.server.seats(MANY, 1)
        self.load.connect([*room[:JOINERS], *self.server.seats(0, FEW)])
        return {"late": _came(self.load.join(self.plan.seconds, RATES[0], room[JOINERS:]))}

    def reconnect(self) -> Figures:
        """1,000 are cut and come back at once while 1,000 others talk."""
        self.load.connect(self.server.seats(0, 2 * FEW))
        self.load.open(2 * MISSED * MEMBERS * FEW / RATES[1], RATES[1])  # so that there is something to miss
        return {"reconnect": _came(self.load.reconnect(20, RATES[0], FEW * MEMBERS, MISSED))}


OURS_ALONE = (Visit.late, Visit.reconnect)  # of no other server is it asked who missed what


def visits(plan: Plan) -> list[Callable[[Visit], Figures]]:
    """What the plan comes to for each contestant, visit by visit."""
    every = {"pace": Visit.pace, "many": Visit.many, "late": Visit.late, "reconnect": Visit.reconnect}
    return [visit for phase, visit in every.items() if plan.wants(phase)]


def measure(
    contestant: Contestant, program: Path, plan: Plan, act: Callable[[Visit], Figures], known: Figures
) -> Figures:
    """What one visit to one contestant tells. `failed` has the reason where something went wrong."""
    if act in OURS_ALONE and not contestant.ours:
        return {"failed": {}}
    try:
        with visiting(contestant, program, plan, known) as visit:
            return {"failed": {}} | act(visit)
    except Exception as error:  # noqa: BLE001  (one server that fails must not end the others' run)
        return {"failed": {act.__name__: str(error)}}


@contextmanager
def visiting(contestant: Contestant, program: Path, plan: Plan, known: Figures) -> Iterator[Visit]:
    """A server of this contestant's, and a generator for it alone."""
    with tempfile.TemporaryDirectory(prefix="rollscape-bench-") as folder, contestant.start(Path(folder)) as server:
        visit = Visit(program, server, plan, known)
        with visit.load:
            yield visit


def as_figures(answer: Any) -> Figures:
    """What the generator answered, as results have it."""
    figures = {"frames_s": answer["frames"] / answer["seconds"], **_latencies(answer)}
    if answer["frames"]:
        figures["ms_kf"] = answer["cpu_ms"] / (answer["frames"] / 1000)
    return figures


def _latencies(answer: Any) -> Figures:
    received = answer["max_us"] > 0  # of what was said in the measured time
    times = {f"{name}_ms": answer[f"{name}_us"] / 1000 for name in ("p50", "p99", "max") if received}
    return {**times, "load": answer["busy"], **{name: answer[name] for name in ("lost", "doubled", "closed")}}


def _came(answer: Any) -> Figures:
    came = [us / 1000 for us in answer["came_us"]]
    if min(came) < 0:
        raise RuntimeError(f"{sum(time < 0 for time in came)} of {len(came)} did not come in")
    return {"came_ms": statistics.median(came), "last_ms": max(came), **_latencies(answer)}
