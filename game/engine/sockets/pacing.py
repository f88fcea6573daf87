"""A thousand who come or go in one instant must not stop the game for those who stay."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable


class Pacing:
    """Lets a few through at each turn of the loop, in the order in which they came."""

    def __init__(self, loop: asyncio.AbstractEventLoop, at_once: int) -> None:
        self._loop = loop
        self._at_once = at_once
        self._waiting: deque[Callable[[], object]] = deque()
        self._turning = False

    def enter(self, let_through: Callable[[], object]) -> None:
        """Call it in turn."""
        self._waiting.append(let_through)
        if not self._turning:
            self._turning = True
            self._loop.call_soon(self._turn)

    async def passed(self) -> None:
        """Wait for its turn."""
        through = asyncio.Event()
        self.enter(through.set)
        await through.wait()

    def _turn(self) -> None:
        for _ in range(min(self._at_once, len(self._waiting))):
            self._loop.call_soon(self._waiting.popleft())
        self._turning = bool(self._waiting)
        if self._turning:
            self._loop.call_soon(self._turn)
