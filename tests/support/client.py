"""A client written from the protocol's page alone; it knows nothing of the server's code.

It checks on every frame what holds for every frame: a stored event's `seq` follows the one before.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from itertools import count
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from tests.support.waiting import PATIENCE

Frame = dict[str, Any]
_run = secrets.token_hex(4)  # what is stored of another run has other keys
_ids = count(1)


def new_id() -> str:
    """A command's key that nobody has used before."""
    return f"command-{_run}-{next(_ids)}"


class Client:
    """One socket. Frames are collected as they come; `expect` reads them."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.frames: list[Frame] = []  # all there were
        self.unread: list[Frame] = []
        self.seq: int | None = None  # of the last stored event; None outside the room
        self.closed = False
        self._faults: list[str] = []
        self._news = asyncio.Event()
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def connect(
        cls,
        url: str,
        bearer: str | None = None,
        /,
        *,
        subprotocols: list[str] | None = None,
        cookie: str | None = None,
        origin: str | None = None,
        receive_buffer: int | None = None,
        **query: Any,
    ) -> Self:
        """Open a socket. The bearer's token goes where a browser can put it; what is not named here is the query."""
        if bearer is not None:
            subprotocols = ["rollscape.v1", f"bearer.{bearer}"]
        connection = await connect(
            f"{url}?{urlencode(query)}" if query else url,
            subprotocols=[Subprotocol(name) for name in subprotocols] if subprotocols else None,
            additional_headers={"Cookie": cookie} if cookie else None,
            origin=Origin(origin) if origin else None,
            sock=_small(url, receive_buffer) if receive_buffer else None,
            compression=None,
            max_size=None,
            max_queue=None,
            open_timeout=PATIENCE,
            ping_interval=None,
            proxy=None,
        )
        return cls(connection)

    # Speaking --------------------------------------------------------------------------------

    async def send(self, event: str, data: Any = None, id: str | None = None) -> None:
        """Send a command; `data` and `id` are left out when None."""
        frame: Frame = {"event": event}
        if data is not None:
            frame["data"] = data
        if id is not None:
            frame["id"] = id
        await self.send_text(json.dumps(frame, ensure_ascii=False, separators=(",", ":")))

    async def send_text(self, text: str | bytes) -> None:
        """Send a frame as it is; bytes make it a binary one."""
        await self.connection.send(text)

    async def sends_acked(self, event: str, data: Any = None, id: str | None = None) -> Frame:
        """The `data` of the ack to this command."""
        answer = await self.answer(event, data, id)
        assert answer["event"] == "ack", f"{event} was refused: {answer['data']}"
        return dict(answer["data"])

    async def refused(self, event: str, data: Any = None, id: str | None = None) -> Frame:
        """The `data` of the error that answers this command."""
        answer = await self.answer(event, data, id)
        assert answer["event"] == "error", f"{event} was carried out: {answer['data']}"
        return dict(answer["data"])

    async def answer(self, event: str, data: Any = None, id: str | None = None) -> Frame:
        """The ack or the error that answers this command."""
        id = id or new_id()
        await self.send(event, data, id)
        return await self._next(lambda frame: frame["event"] in {"ack", "error"} and frame["data"].get("id") == id, id)

    def pause(self) -> None:
        """Stop reading: what comes fills the buffers on the way."""
        self.connection.transport.pause_reading()

    def resume(self) -> None:
        """Read on."""
        self.connection.transport.resume_reading()

    # Hearing ---------------------------------------------------------------------------------

    async def expect(self, event: str, **data: Any) -> Frame:
        """The `data` of the first unread frame of this event that says this; it is read then."""
        return dict((await self.expect_frame(event, **data))["data"])

    async def expect_frame(self, event: str, **data: Any) -> Frame:
        """The same, as the whole frame."""
        return await self._next(lambda frame: frame["event"] == event and data.items() <= frame["data"].items(), event)

    async def expect_any(self, *events: str) -> Frame:
        """The first unread frame of any of these events."""
        return await self._next(lambda frame: frame["event"] in events, " or ".join(events))

    async def __aiter__(self) -> AsyncIterator[Frame]:
        """Every unread frame, until the socket is closed."""
        while True:
            while self.unread:
                yield self.unread.pop(0)
            if self.closed:
                return
            self._news.clear()
            await self._news.wait()

    async def heard_of(self, event: str) -> Frame:
        """The `data` of the first frame of this event, read or not, however long it takes to come."""
        while not (frames := self.heard(event)):
            assert not self.closed, f"no {event}: closed with {self.connection.close_code}"
            self._news.clear()
            await self._news.wait()
        return dict(frames[0]["data"])

    def heard(self, event: str) -> list[Frame]:
        """All frames of this event so far, read or not."""
        return [frame for frame in self.frames if frame["event"] == event]

    async def fence(self) -> None:
        """Return when everything that the server said to this socket before has arrived."""
        stamp = new_id()
        await self.send("ping", {"timestamp": stamp})
        await self.expect("pong", timestamp=stamp)

    # Going -----------------------------------------------------------------------------------

    async def close(self, code: int = 1000) -> None:
        """Say goodbye; every frame must have been in its place."""
        await self.connection.close(code)
        await self._reader
        self._check()

    async def close_bare(self) -> None:
        """Say goodbye as a browser's `close()` does: a close frame without a code."""
        async with self.connection.send_context():
            self.connection.protocol.send_close()
        await self._reader
        self._check()

    async def cut(self) -> None:
        """Be gone without a word, as when a cable is pulled."""
        self.connection.transport.abort()
        await self._reader
        self._check()

    async def close_code(self, within: float = PATIENCE) -> int:
        """The code that the server closes with."""
        await asyncio.wait({self._reader}, timeout=within)
        self._check()
        assert self.connection.close_code is not None, f"not closed within {within:g} s; unread: {len(self.unread)}"
        return self.connection.close_code

    @property
    def close_reason(self) -> str | None:
        """The reason that came with the code."""
        return self.connection.close_reason

    # Inside ----------------------------------------------------------------------------------

    async def _next(self, wanted: Callable[[Frame], bool], what: str) -> Frame:
        try:
            async with asyncio.timeout(PATIENCE):
                while (frame := next(filter(wanted, self.unread), None)) is None:
                    assert not self.closed, f"no {what}: closed with {self.connection.close_code}"
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"no {what}; unread: {self.unread}") from None
        self.unread.remove(frame)
        self._check()
        return frame

    async def _read(self) -> None:
        try:
            while True:
                self._take(json.loads(await self.connection.recv(decode=True)))
        except ConnectionClosed:
            pass
        finally:
            self.closed = True
            self._news.set()

    def _take(self, frame: Frame) -> None:
        self.frames.append(frame)
        self.unread.append(frame)
        self._follow(frame)
        self._news.set()

    def _follow(self, frame: Frame) -> None:
        if frame["event"] == "room_joined":
            joined = frame["data"]
            self.seq = joined["seq"] - joined["missed"] if joined["resumed"] else joined["seq"]
        elif frame["event"] == "room_left":
            self.seq = None
        elif "seq" in frame:
            if self.seq is None or frame["seq"] != self.seq + 1:
                self._faults.append(f"after {self.seq} came {frame}")
            self.seq = frame["seq"]

    def _check(self) -> None:
        assert not self._faults, self._faults


def _small(url: str, receive_buffer: int) -> socket.socket:
    """A connected socket whose kernel keeps little for a reader who does not read."""
    parts = urlsplit(url)
    small = socket.socket()
    small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    small.connect((parts.hostname, parts.port))
    small.setblocking(False)
    return small
