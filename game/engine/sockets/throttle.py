"""How often a user may send: a token bucket, with time passed in."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol


@dataclass(slots=True)
class Bucket:
    """Holds up to `burst` credits and gains `rate` of them a second. `rate` 0 means no limit."""

    rate: float
    burst: float
    credits: float
    at: float
    shared: bool = False  # other processes draw on it too: ask the store
    owed: float = 0.0  # credits taken here before it was shared

    @classmethod
    def full(cls, rate: float, burst: float, now: float) -> Bucket:
        """A bucket that nobody has drawn from."""
        return cls(rate, burst, burst, now)

    def take(self, now: float, price: float = 1) -> float:
        """Take a credit, or as many as the price is, and return 0; or return the seconds until there are as many."""
        if not self.rate:
            return 0.0
        self.credits = min(self.burst, self.credits + (now - self.at) * self.rate)
        self.at = now
        price = min(price, self.burst)
        if self.credits >= price:
            self.credits -= price
            return 0.0
        return (price - self.credits) / self.rate

    def share(self, now: float) -> None:
        """Let other processes draw on it from now on."""
        if not self.shared:
            self.shared = True
            self.owed = max(0.0, self.burst - self.credits - (now - self.at) * self.rate)

    def is_full(self, now: float) -> bool:
        """Whether it holds nothing worth remembering."""
        return self.credits + (now - self.at) * self.rate >= self.burst


class BucketStore(Protocol):
    """Holds the buckets that several processes draw on."""

    async def take(self, key: tuple[int, int], bucket: Bucket) -> float:
        """Take one credit and return 0, or return the seconds until there is one."""

    async def close(self) -> None:
        """Let go of it."""


class Throttle:
    """The buckets of everybody in one server process, by (user id, session id).

    `shared_buckets` holds those that several processes draw on; None where there is one process only.
    """

    SWEEP = 10_000  # buckets; above it the full ones are forgotten

    def __init__(self, rate: float, burst: float, shared_buckets: BucketStore | None = None) -> None:
        self.rate = rate
        self.burst = burst
        self.shared_buckets = shared_buckets
        self._buckets: dict[tuple[int, int], Bucket] = {}

    def bucket(self, key: tuple[int, int], now: float) -> Bucket:
        """The bucket of one user in one session, shared by all its sockets here."""
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= self.SWEEP:
                self._buckets = {k: b for k, b in self._buckets.items() if not b.is_full(now)}
            bucket = self._buckets[key] = Bucket.full(self.rate, self.burst, now)
        return bucket

    def share(self, key: tuple[int, int], now: float) -> None:
        """The user has a socket in the session on another process too."""
        if self.shared_buckets is not None:
            self.bucket(key, now).share(now)

    async def take_shared(self, key: tuple[int, int], bucket: Bucket) -> float:
        """Take a credit that counts on all processes and return 0, or return the seconds until there is one."""
        if self.shared_buckets is None:
            return bucket.take(time.monotonic())
        return await self.shared_buckets.take(key, bucket)
