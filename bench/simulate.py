"""`python -m bench.simulate`: what larger numbers of people need, from the measured figures; renews docs/scaling.md.

Two steps. A simulation of one server process, event by event, says how many events a second it takes before its
group commit makes people wait. Arithmetic over rooms, processes, Redis and PostgreSQL does the rest. Every assumption
stands in `People` or `Outside`; what is measured is read from bench/results.json.
"""

from __future__ import annotations

import json
import math
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.report import DOCS, RESULTS, replace_between, table, values_of

CROWDS = (10_000, 100_000, 1_000_000)
HOUR, DAY = 3600.0, 86_400.0
PATIENCE = 0.05  # seconds that one event in a hundred may wait for its commit
HEADROOM = 0.5  # of what a process could bear: for bursts, deployments and the load of a neighbour that died
EVENTS = 20_000  # in one simulation


@dataclass(frozen=True)
class People:
    """How people behave. Assumptions."""

    stored_per_hour: float = 120  # chat, dice, moves and the like, for each person at the table
    unstored_per_hour: float = 240  # typing, pings
    hours_per_day: float = 6  # of such an evening, in which all of them are there
    reconnects_per_hour: float = 2  # phones, trains, lids of laptops
    rooms: dict[int, float] = field(  # people at a table -> share of the tables
        default_factory=lambda: {3: 0.12, 4: 0.22, 5: 0.28, 6: 0.2, 7: 0.1, 8: 0.05, 20: 0.03}
    )
    burst: int = 3  # events that come together: a roll, its answer, a remark

    @property
    def at_a_table(self) -> float:
        """People at an average table."""
        return sum(size * share for size, share in self.rooms.items())

    @property
    def receivers(self) -> float:
        """Who receives an average event: large tables say more."""
        return sum(size**2 * share for size, share in self.rooms.items()) / self.at_a_table


@dataclass(frozen=True)
class Outside:
    """What other programs bear, and what was not measured here. Assumptions, on the careful side."""

    bytes_per_event: float = 900  # in PostgreSQL, with its indexes
    bytes_per_frame: float = 350  # on Redis
    hear_ms: float = 0.15  # of a process for an event that another one published
    redis_deliveries: float = 100_000  # a second for one shard, which is one core
    postgres_commits: float = 10_000  # a second for one primary on good disks; group commits count once
    postgres_mb: float = 60  # of log a second that a replica still keeps up with
    connections: int = 6  # to PostgreSQL from one process: the writer and its readers
    sockets: int = 5_000  # that one process is trusted with; so many were measured


@dataclass(frozen=True)
class Measured:
    """One process on PostgreSQL, its database on the same core, as the bench found it."""

    base: float  # seconds that a commit of one event takes, until it has been received
    each: float  # seconds for one event more in the same commit
    kib: float  # of memory for a connection
    base_mib: float  # of memory without any
    comeback: float  # people a second that it lets in again

    @classmethod
    def of(cls, results: dict[str, Any]) -> Measured:
        """From the results' medians."""

        def median(*place: str) -> float:
            values = values_of(results["runs"], "rollscape-postgres", *place)
            if not values:
                raise SystemExit(f"bench/results.json has no {'/'.join(place)} of RollScape on PostgreSQL.")
            return statistics.median(values)

        return cls(
            base=median("pace", "1000", "p50_ms") / 1000,
            each=20 / median("saturation", "16", "frames_s"),
            kib=median("many", "kib", "5000"),
            base_mib=median("many", "base_mib"),
            comeback=1000 / (median("reconnect", "last_ms") / 1000),
        )


@dataclass(frozen=True)
class Waiting:
    """One process at one rate: events in a commit, and the p99 from event to receipt, in seconds."""

    rate: float
    batch: float
    p99: float


def simulate(measured: Measured, rate: float, burst: int, seed: int = 1) -> Waiting:
    """Bursts arrive at random; whatever waits when a commit ends goes into the next one (at most 500 events)."""
    chance = random.Random(seed)
    arrivals: list[float] = []
    time = 0.0
    while len(arrivals) < EVENTS:
        time += chance.expovariate(rate / burst)
        arrivals += [time] * burst
    waits: list[float] = []
    commits, free, first = 0, 0.0, 0
    while first < len(arrivals):
        begin = max(free, arrivals[first])
        last = first
        while last < len(arrivals) and arrivals[last] <= begin and last - first < 500:
            last += 1
        free = begin + measured.base + (last - first - 1) * measured.each
        waits += [free - arrival for arrival in arrivals[first:last]]
        commits, first = commits + 1, last
    return Waiting(rate, len(arrivals) / commits, statistics.quantiles(waits, n=100)[98])


def bearable(measured: Measured, burst: int) -> float:
    """The most events a second whose p99 stays within patience, to 1 %."""
    low, high = 1.0, 1 / measured.each
    while high / low > 1.01:
        middle = math.sqrt(low * high)
        if simulate(measured, middle, burst).p99 <= PATIENCE:
            low = middle
        else:
            high = middle
    return low


@dataclass(frozen=True)
class Need:
    """What so many people need."""

    people: int
    events: float  # a second
    frames: float  # a second
    processes: int
    memory_gib: float
    commits: float  # a second
    crossings: float  # deliveries a second through Redis
    shards: int
    log_gb: float  # a day
    log_mb: float  # a second
    connections: int
    comeback: float  # seconds until everybody of one dead process is back


def need(people: int, measured: Measured, habits: People, outside: Outside) -> Need:
    """Arithmetic: rooms spread over processes by chance, as a load balancer without memory spreads them."""
    events = people * habits.stored_per_hour / HOUR
    share = HEADROOM * bearable(measured, habits.burst)
    processes = max(math.ceil(events / share), math.ceil(people / outside.sockets), 2)
    # Each crossing costs the process that hears it a little; more processes mean more crossings.
    for _ in range(20):
        crossings = events * (_spread(habits.receivers, processes) - 1)
        busy = events / share + crossings * outside.hear_ms / 1000 / HEADROOM
        processes = max(processes, math.ceil(busy))
    batch = simulate(measured, events / processes, habits.burst).batch
    log = events * outside.bytes_per_event
    return Need(
        people=people,
        events=events,
        frames=events * habits.receivers + people * habits.unstored_per_hour / HOUR,
        processes=processes,
        memory_gib=(processes * measured.base_mib * 1024 + people * measured.kib) / 1024**2,
        commits=events / batch,
        crossings=crossings,
        shards=math.ceil(crossings / outside.redis_deliveries / HEADROOM),
        log_gb=log * habits.hours_per_day * HOUR / 1e9,
        log_mb=log / 1e6,
        connections=processes * outside.connections,
        comeback=people / processes / (measured.comeback * (processes - 1)),
    )


def _spread(people: float, processes: int) -> float:
    """On how many processes so many people sit whom chance has put there."""
    return float(processes * (1 - (1 - 1 / processes) ** people))


def needs_table(needs: Sequence[Need], outside: Outside) -> str:
    """The page's main table; what is past one primary or one shard is bold."""

    def strong(value: float, limit: float, text: str) -> str:
        return f"**{text}**" if value > limit else text

    rows: dict[str, list[str]] = {
        "stored events a second": [f"{n.events:,.0f}" for n in needs],
        "frames a second": [f"{n.frames:,.0f}" for n in needs],
        "server processes, a core each": [f"{n.processes:,}" for n in needs],
        "their memory": [f"{n.memory_gib:,.1f} GiB" for n in needs],
        "deliveries a second through Redis": [f"{n.crossings:,.0f}" for n in needs],
        "Redis shards": [f"{n.shards:,}" for n in needs],
        "PostgreSQL: commits a second": [
            strong(n.commits, outside.postgres_commits, f"{n.commits:,.0f}") for n in needs
        ],
        "PostgreSQL: written a second": [strong(n.log_mb, outside.postgres_mb, f"{n.log_mb:,.1f} MB") for n in needs],
        "PostgreSQL: connections": [strong(n.connections, 500, f"{n.connections:,}") for n in needs],
        "the log grows, a day": [strong(n.log_gb, 100, f"{n.log_gb:,.1f} GB") for n in needs],
        "one process dies: its people are back within": [f"{n.comeback:.1f} s" for n in needs],
    }
    head = ["people at once", *(f"{n.people:,}" for n in needs)]
    return table(head, [[name, *cells] for name, cells in rows.items()])


def waiting_table(measured: Measured, habits: People) -> str:
    """One process under more and more load."""
    most = bearable(measured, habits.burst)
    simulated = [simulate(measured, most * share, habits.burst) for share in (0.1, 0.25, 0.5, 0.75, 1)]
    rows = [[f"{w.rate:,.0f}", f"{w.batch:.1f}", f"{w.p99 * 1000:.0f} ms"] for w in simulated]
    return table(["events a second, one process", "events in a commit", "p99 until received"], rows)


def main() -> None:
    """Simulate, and renew the page."""
    measured, habits, outside = Measured.of(json.loads(RESULTS.read_text())), People(), Outside()
    tables = {
        "process": waiting_table(measured, habits),
        "needs": needs_table([need(people, measured, habits, outside) for people in CROWDS], outside),
        "measured": (
            f"A commit of one event takes {measured.base * 1000:.1f} ms until it has been received, another event in "
            f"the same commit {measured.each * 1e6:.0f} µs; a process takes {measured.base_mib:.0f} MiB and "
            f"{measured.kib:.0f} KiB for each connection, and lets {measured.comeback:,.0f} people a second come back."
        ),
    }
    for mark, text in tables.items():
        replace_between(DOCS / "scaling.md", mark, text)
    print("\n\n".join(tables.values()))


if __name__ == "__main__":
    main()
