"""How often something may be done: token buckets by address or name, counted in each server process."""

from __future__ import annotations

import threading
import time
from hashlib import sha256
from math import ceil

from django.core.cache import cache


class LimitReached(Exception):
    """Not now; answered by accounts.refusals. `retry_after` is in whole seconds."""

    def __init__(self, message: str, *, code: str, status: int, retry_after: float) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.status = status
        self.retry_after = max(1, ceil(retry_after))


class Limit:
    """`burst` at once for each key, and `burst` more in `seconds`. A burst of 0 means no limit. Safe among threads."""

    def __init__(self, name: str, burst: float, seconds: float) -> None:
        self.burst = burst
        self._name = name
        self._seconds = seconds
        self._rate = burst / seconds
        self._lock = threading.Lock()

    def take(self, key: str) -> float:
        """Take one credit and return 0, or return the seconds until there is one."""
        return self._draw(key, 1) if self.burst else 0.0

    def wait(self, key: str) -> float:
        """Seconds until there is a credit; takes none."""
        return self._draw(key, 0) if self.burst else 0.0

    def _draw(self, key: str, number: int) -> float:
        place = f"limit:{self._name}:{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}"
        with self._lock:
            now = time.monotonic()
            left, at = cache.get(place, (self.burst, now))
            left = min(self.burst, left + (now - at) * self._rate)
            if left < 1:
                return float((1 - left) / self._rate)
            if number:
                cache.set(place, (left - number, now), self._seconds)
            return 0.0
