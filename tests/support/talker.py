"""Somebody who goes on talking through whatever happens to the connection, as the protocol asks of a client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from http.client import HTTPException
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.support.client import Client, Frame, new_id
from tests.support.table import Table

PACE = 0.04  # seconds between two lines
LINES = 20  # acked lines before and after what happens
PAGE = 5000  # frames of history at once
LOST = (OSError, TimeoutError, HTTPException, ConnectionClosed, InvalidHandshake)


class Talker:
    """Says numbered lines, sends again what was not acked, resumes after every loss.

    What is stored must reach it once, in order and without a gap; `heard` has it from the first joining on.
    `ways` are the same table as reached through one server or several: after a loss it takes the next one.
    """

    def __init__(self, ways: Sequence[Table], name: str, pace: float = PACE) -> None:
        self._ways = list(ways)
        self._pace = pace
        self.name = name
        self.closes: list[int | None] = []  # the codes that its connections ended with
        self.hints: list[int] = []  # when to come back, in milliseconds
        self.put_off: set[str] = set()  # lines that the server put off: later ones may come before
        self.said: list[str] = []
        self.acked: dict[str, int] = {}  # line -> its place in the log
        self.heard: list[Frame] = []
        self.seq = 0
        self.joined = asyncio.Event()
        self._epoch: str | None = None
        self._pending: dict[str, str] = {}  # command -> line, in the order said
        self._sent: set[str] = set()  # commands that this connection has taken
        self._more = asyncio.Event()
        self._news = asyncio.Event()
        self._client: Client | None = None

    @property
    def table(self) -> Table:
        """As it is reached now."""
        return self._ways[0]

    async def talk(self) -> None:
        """Say line after line, connected or not, until cancelled."""
        while True:
            line = f"{self.name} {len(self.said) + 1}"
            self.said.append(line)
            self._pending[new_id()] = line
            self._more.set()
            await asyncio.sleep(self._pace)

    async def attend(self) -> None:
        """Be at the table, and come back whenever the connection is lost, until cancelled."""
        while True:
            with suppress(*LOST):
                await self._sit()
            self.joined.clear()
            self._ways.append(self._ways.pop(0))
            await asyncio.sleep(PACE)

    def cut(self) -> None:
        """Lose the connection without a word."""
        if self._client is not None:
            self._client.connection.transport.abort()

    async def until_acked(self, number: int | None = None) -> None:
        """Return when that many lines are acked; None: all that were said."""
        while len(self.acked) < (len(self.said) if number is None else number):
            await self._until_news()

    async def until_heard(self, seq: int) -> None:
        """Return when everything up to there has been heard."""
        while self.seq < seq:
            await self._until_news()

    async def _until_news(self) -> None:
        self._news.clear()
        await self._news.wait()

    async def _sit(self) -> None:
        where = {"since": self.seq, "epoch": self._epoch} if self._epoch else {}
        self._client = client = await self.table.connect(self.table.tokens[self.name], **where)
        speaking: asyncio.Task[None] | None = None
        try:
            async for frame in client:
                if frame["event"] == "room_joined":
                    await self._join(frame["data"])
                    speaking = asyncio.create_task(self._speak(client))
                else:
                    self._hear(frame)
        finally:
            self.closes.append(client.connection.close_code)
            if speaking is not None:
                speaking.cancel()
                await asyncio.gather(speaking, return_exceptions=True)
            await client.cut()

    async def _speak(self, client: Client) -> None:
        self._sent.clear()
        while True:
            for id, line in list(self._pending.items()):
                if id not in self._sent:
                    self._sent.add(id)
                    await client.send("chat_message", {"message": line}, id)
            self._more.clear()
            await self._more.wait()

    async def _join(self, joined: dict[str, Any]) -> None:
        first, self._epoch = self._epoch is None, joined["epoch"]
        if first:
            self.seq = joined["seq"]
        elif not joined["resumed"]:
            await self._read_up(joined["seq"])
        self.joined.set()

    async def _read_up(self, seq: int) -> None:
        """What the snapshot left out is in the history."""
        while self.seq < seq:
            query = f"after={self.seq}&limit={min(PAGE, seq - self.seq)}"
            page = await asyncio.to_thread(self.table.history, self.name, query)
            for frame in page["results"]:
                self._hear(frame)

    def _hear(self, frame: Frame) -> None:
        if frame["event"] == "ack":
            self._settle(frame["data"])
        elif "seq" in frame:
            assert frame["seq"] == self.seq + 1, f"{self.name}: after {self.seq} came {frame}"
            self.seq = frame["seq"]
            self.heard.append(frame)
        elif frame["event"] == "reconnect":
            self.hints.append(frame["data"]["after_ms"])
        elif frame["event"] == "error":
            # After a long outage, what was not acked comes at once, and may be more than a user may send.
            assert frame["data"]["code"] in ("busy", "rate_limited"), frame
            self.put_off.add(self._pending[frame["data"]["id"]])
            asyncio.get_running_loop().call_later(frame["data"]["retry_after"], self._again, frame["data"]["id"])
        self._news.set()

    def _again(self, id: str) -> None:
        self._sent.discard(id)
        self._more.set()

    def _settle(self, ack: dict[str, Any]) -> None:
        line = self._pending.pop(ack["id"], None)
        if line is not None:
            self.acked[line] = ack["seq"]


def check_log(log: list[Frame], talkers: Iterable[Talker]) -> None:
    """The promise: what was acked is there once, in order, without a gap, and everybody heard the same."""
    lines = [frame["data"]["message"] for frame in log]
    assert [frame["seq"] for frame in log] == list(range(1, len(log) + 1))
    assert len(lines) == len(set(lines)), "a line is there twice"
    for talker in talkers:
        stored = [line for line in lines if line.split()[0] == talker.name]
        assert set(stored) == set(talker.said)
        in_order = [line for line in stored if line not in talker.put_off]
        assert in_order == [line for line in talker.said if line not in talker.put_off]
        assert all(lines[seq - 1] == line for line, seq in talker.acked.items())
        assert talker.heard == log[-len(talker.heard) :]


@asynccontextmanager
async def conversation(*ways: Table, pace: float = PACE, until: float = 60.0) -> AsyncIterator[list[Talker]]:
    """Everybody at the table talks; afterwards everybody must have heard everything, exactly once and in order.

    `ways`: the table through each of the servers; people are spread over them. `pace`:
    seconds between two lines. `until`: seconds within which everything must be acked and heard once nobody says more.
    """
    turns = [[*ways[n % len(ways) :], *ways[: n % len(ways)]] for n in range(len(ways[0].tokens))]
    talkers = [Talker(turn, name, pace) for turn, name in zip(turns, ways[0].tokens, strict=True)]
    attending = [asyncio.create_task(talker.attend()) for talker in talkers]
    async with asyncio.timeout(until):
        for talker in talkers:
            await talker.joined.wait()
    talking = [asyncio.create_task(talker.talk()) for talker in talkers]
    try:
        yield talkers
        await end(talking)
        async with asyncio.timeout(until):
            for talker in talkers:
                await talker.until_acked()
            log = await asyncio.to_thread(ways[0].history, query="after=0&limit=5000")
            for talker in talkers:
                await talker.until_heard(log["results"][-1]["seq"])
        check_log(log["results"], talkers)
    finally:
        await end([*talking, *attending])


async def said(talkers: list[Talker], lines: int = LINES) -> None:
    """Return when each of them has so many more lines acked."""
    async with asyncio.timeout(60):
        for talker in talkers:
            await talker.until_acked(len(talker.acked) + lines)


async def end(tasks: list[asyncio.Task[None]]) -> None:
    """Cancel them; what else ended one of them is raised."""
    for task in tasks:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            raise outcome
