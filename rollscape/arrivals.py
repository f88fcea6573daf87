"""Who has connected and not asked for anything yet: the longest waiting goes where there are too many."""

from __future__ import annotations

import resource
from collections import OrderedDict
from collections.abc import Callable, Sized

AT_ONCE = 100  # of one address
GRACE = 1.0  # seconds that nobody is sent away for their address' sake
ENOUGH_FILES = 65_536
SPARE_FILES = 128  # for databases, logs and static files; of a small limit, a quarter


def raise_file_limit() -> int:
    """Allow this process as many open files as the system lets it, within reason; returns how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH_FILES if hard == resource.RLIM_INFINITY else min(hard, ENOUGH_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return ENOUGH_FILES if soft == resource.RLIM_INFINITY else soft


class Arrival:
    """A connection whose request is not complete."""

    __slots__ = ("address", "since", "turn_away")

    def __init__(self, address: str, since: float, turn_away: Callable[[], object]) -> None:
        self.address = address
        self.since = since
        self.turn_away = turn_away


class Arrivals:
    """All of them in one process, in the order in which they came."""

    def __init__(self, files: int) -> None:
        self._room = files - min(SPARE_FILES, files // 4)
        self._waiting: dict[str, OrderedDict[Arrival, None]] = {}
        self._everybody: OrderedDict[Arrival, None] = OrderedDict()

    def come(self, arrival: Arrival, connections: Sized) -> None:
        """Add it, and turn away the one that has to make room, itself if need be. `connections`: all there are."""
        mine = self._waiting.setdefault(arrival.address, OrderedDict())
        mine[arrival] = self._everybody[arrival] = None
        oldest = next(iter(mine))
        if len(mine) > AT_ONCE and arrival.since - oldest.since > GRACE:
            self._turn_away(oldest)
        if len(connections) > self._room:
            self._turn_away(next(iter(self._everybody)))

    def gone(self, arrival: Arrival) -> None:
        """It asked for something, or has left."""
        if arrival not in self._everybody:
            return
        del self._everybody[arrival]
        mine = self._waiting[arrival.address]
        del mine[arrival]
        if not mine:
            del self._waiting[arrival.address]

    def _turn_away(self, arrival: Arrival) -> None:
        self.gone(arrival)
        arrival.turn_away()
