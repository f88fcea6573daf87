"""What this process has counted since it started. Plain numbers, since counting must cost next to nothing.

Each number is changed by one thread only; `game.engine.metrics.page` reads them when somebody asks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from game.errors import Refused
from game.protocol.close_codes import Close

CLIENT_CODES = (1000, 1001, 1005, 1006)  # the rest is «other»: a client may close with any of four thousand
SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)


class Histogram:
    """How often a value fell between two bounds, and the sum of all."""

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)  # the last one: above all bounds
        self.sum = 0.0

    def observe(self, value: float) -> None:
        """Count one value; one on a bound belongs below it."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.sum += value


class Counters:
    """Everything that is counted while it happens; what can be read off later is not."""

    def __init__(self) -> None:
        self.opened = 0  # sockets
        self.received = 0  # frames from clients
        self.delivered = 0  # stored frames handed to sockets, each socket counted
        self.retries = 0  # of a batch, because the database did not answer
        self.layer_errors = 0
        self.joins = {"resumed": 0, "snapshot": 0}
        self.repaired = {"gap": 0, "change": 0, "sweep": 0}  # frames read from the log, by what missed them
        self.refusals = dict.fromkeys(sorted(_codes(Refused)), 0)
        self.closes = {("server", str(int(close))): 0 for close in Close}
        self.closes |= {("client", str(code)): 0 for code in CLIENT_CODES} | {("client", "other"): 0}
        self.batch = Histogram(STEPS)
        self.commit = Histogram(SECONDS)
        self.delivery = Histogram(SECONDS)
        self.lag = Histogram(SECONDS)

    def close(self, code: int, by: str) -> None:
        """One socket is gone."""
        known = (by, str(code))
        self.closes[known if known in self.closes else ("client", "other")] += 1


def _codes(kind: type[Refused]) -> Iterator[str]:
    yield kind.code
    for narrower in kind.__subclasses__():
        yield from _codes(narrower)


counters = Counters()
