"""A way to a server that can be cut, as a network is."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Self


class Line:
    """Hands bytes on between a port of its own and the server's, until it is cut."""

    def __init__(self, port: int) -> None:
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
            await asyncio.gather(_pump(near, far_writer), _pump(far, to_near))
        for writer in (to_near, far_writer):
            if writer is not None:
                self._writers.discard(writer)
                writer.close()
        self._tasks.discard(task)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
    writer.close()
