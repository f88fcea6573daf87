"""One allowance for a user on all server processes: a token bucket in Redis, by Redis' own clock.

Only users with sockets on several processes pay for a round trip; everybody else's bucket is here.
"""

from __future__ import annotations

import asyncio
import logging
import time

from redis.asyncio import Redis

from game.engine.sockets.throttle import Bucket

log = logging.getLogger("rollscape.shared_buckets")

PATIENCE = 1.0  # seconds that Redis is waited for, and not asked again once it failed

# The credits of KEYS[1] at `rate` a second up to `burst`; `spent` were spent elsewhere before it was shared.
TAKE = """
local rate, burst, spent = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local known = redis.call('HMGET', KEYS[1], 'credits', 'at')
local credits = tonumber(known[1] or burst) + math.max(0, now - tonumber(known[2] or now)) * rate
credits = math.max(math.min(credits, burst) - spent, -burst)
local wait = 0
if credits >= 1 then credits = credits - 1 else wait = (1 - credits) / rate end
redis.call('HSET', KEYS[1], 'credits', tostring(credits), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((burst - credits) / rate * 1000) + 1000)
return tostring(wait)
"""


class SharedBuckets:
    """The buckets that several processes draw from, all of one kind. While Redis is away each draws from its own."""

    def __init__(self, url: str, kind: str) -> None:
        self._redis = Redis.from_url(url, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE)
        self._take = self._redis.register_script(TAKE)
        self._kind = kind
        self._away_until = 0.0

    async def take(self, key: tuple[int, int], bucket: Bucket) -> float:
        """Take one credit and return 0, or return the seconds until there is one."""
        now = time.monotonic()
        if now < self._away_until or not bucket.rate:
            return bucket.take(now)
        spent, bucket.owed = bucket.owed, 0.0
        name = f"rollscape:{self._kind}:{key[0]}:{key[1]}"
        try:
            async with asyncio.timeout(PATIENCE):
                return float(await self._take(keys=[name], args=[bucket.rate, bucket.burst, spent]))
        except Exception as error:  # noqa: BLE001  (Redis is away, however its client says so)
            log.warning("Redis does not answer: %s", type(error).__name__)
            self._away_until = now + PATIENCE
            return bucket.take(now)

    async def close(self) -> None:
        """Let go of Redis."""
        await self._redis.aclose()
