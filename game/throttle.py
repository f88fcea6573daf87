"""How often one may speak: a token bucket, with time passed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Bucket:
    """Holds up to `burst` credits and gains `rate` of them a second. `rate` 0 means no limit."""

    rate: float
    burst: float
    credits: float
    at: float

    @classmethod
    def full(cls, rate: float, burst: float, now: float) -> Bucket:
        """A bucket that nobody has drawn from."""
        return cls(rate, burst, burst, now)

    def take(self, now: float) -> float:
        """Take one credit and return 0, or return the seconds until there is one."""
        if not self.rate:
            return 0.0
        self.credits = min(self.burst, self.credits + (now - self.at) * self.rate)
        self.at = now
        if self.credits >= 1:
            self.credits -= 1
            return 0.0
        return (1 - self.credits) / self.rate

    def is_full(self, now: float) -> bool:
        """Whether it holds nothing worth remembering."""
        return self.credits + (now - self.at) * self.rate >= self.burst


class Throttle:
    """The buckets of everybody in one server process, by (user id, session id)."""

    SWEEP = 10_000  # buckets; above it the full ones are forgotten

    def __init__(self, rate: float, burst: float) -> None:
        self.rate = rate
        self.burst = burst
        self._buckets: dict[tuple[int, int], Bucket] = {}

    def bucket(self, key: tuple[int, int], now: float) -> Bucket:
        """The bucket of one user in one session, shared by all its sockets here."""
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= self.SWEEP:
                self._buckets = {k: b for k, b in self._buckets.items() if not b.is_full(now)}
            bucket = self._buckets[key] = Bucket.full(self.rate, self.burst, now)
        return bucket
