"""Somebody who goes on talking through whatever happens to the connection, as the protocol asks of a client."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from http.client import HTTPException
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.support.client import Client, Frame, new_id
from tests.support.table import Table

PACE = 0.04  # seconds between two lines
PAGE = 5000  # frames of history at once
LOST = (OSError, TimeoutError, HTTPException, ConnectionClosed, InvalidHandshake)


class Talker:
    """Says numbered lines, sends again what was not acked, resumes after every loss.

    What is stored must reach it once, in order and without a gap; `heard` has it from the first joining on.
    """

    def __init__(self, table: Table, name: str) -> None:
        self.table = table
        self.name = name
        self.said: list[str] = []
        self.acked: dict[str, int] = {}  # line -> its place in the log
        self.heard: list[Frame] = []
        self.seq = 0
        self.joined = asyncio.Event()
        self._epoch: str | None = None
        self._pending: dict[str, str] = {}  # command -> line, in the order said
        self._more = asyncio.Event()
        self._news = asyncio.Event()
        self._client: Client | None = None

    async def talk(self) -> None:
        """Say line after line, connected or not, until cancelled."""
        while True:
            line = f"{self.name} {len(self.said) + 1}"
            self.said.append(line)
            self._pending[new_id()] = line
            self._more.set()
            await asyncio.sleep(PACE)

    async def attend(self) -> None:
        """Be at the table, and come back whenever the connection is lost, until cancelled."""
        while True:
            with suppress(*LOST):
                await self._sit()
            self.joined.clear()
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
            if speaking is not None:
                speaking.cancel()
                await asyncio.gather(speaking, return_exceptions=True)
            await client.cut()

    async def _speak(self, client: Client) -> None:
        sent: set[str] = set()
        while True:
            for id, line in list(self._pending.items()):
                if id not in sent:
                    sent.add(id)
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
        assert frame["event"] != "error", frame
        self._news.set()

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
        assert [line for line in lines if line.split()[0] == talker.name] == talker.said
        assert all(lines[seq - 1] == line for line, seq in talker.acked.items())
        assert talker.heard == log[-len(talker.heard) :]
