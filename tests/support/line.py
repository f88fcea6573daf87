"""A way to a server that is as bad as a network can be."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from copy import copy
from typing import Self

from tests.support.table import Table


class Line:
    """Hands bytes on between a port of its own and the server's, until it is cut.

    `delay`: seconds that each piece takes. `size`: bytes a piece has at most. `silent`: takes everything and
    hands on nothing, as a cable does that was pulled out. `break_after`: bytes after which a connection ends.
    """

    def __init__(
        self, port: int, *, delay: float = 0.0, size: int = 65536, silent: bool = False, break_after: int | None = None
    ) -> None:
        self.delay = delay
        self.size = size
        self.silent = silent
        self.break_after = break_after
        self.swallowed = 0  # pieces that it handed on to nobody
        self._target = port
        self._port = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def origin(self) -> str:
        """What a browser opens to come this way."""
        return f"http://127.0.0.1:{self._port}"

    async def open(self) -> Self:
        """Let the bytes through, on the same port as before."""
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def cut(self) -> None:
        """End every connection without a word, and let none in."""
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def to(self, table: Table) -> Table:
        """The same table, its sockets by this way."""
        server = copy(table.server)
        server.address = f"ws://127.0.0.1:{self._port}"
        return Table(server, table.session, table.tokens)

    async def __aenter__(self) -> Self:
        return await self.open()

    async def __aexit__(self, *_: object) -> None:
        await self.cut()

    async def _carry(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(to_near)
        far_writer: asyncio.StreamWriter | None = None
        with suppress(OSError):
            far, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
            self._writers.add(far_writer)
            await asyncio.gather(self._pump(near, far_writer), self._pump(far, to_near))
        for writer in (to_near, far_writer):
            if writer is not None:
                self._writers.discard(writer)
                writer.close()
        self._tasks.discard(task)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        passed = 0
        with suppress(OSError):
            while piece := await reader.read(self.size):
                if self.delay:
                    await asyncio.sleep(self.delay)
                passed += len(piece)
                if self.silent:
                    self.swallowed += 1
                    continue
                if self.break_after is not None and passed > self.break_after:
                    writer.write(piece[: len(piece) // 2])
                    break
                writer.write(piece)
                await writer.drain()
        writer.close()
