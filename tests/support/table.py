"""A room of a server under test, and those who sit down in it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Self

from tests.support.client import Client
from tests.support.server import ServerProcess
from tests.support.tokens import claims
from tests.support.web import Response

NAMES = ("dm", "alice", "bob")  # alice and bob are players


class Rooms:
    """Rooms that nobody has been in, so that no test meets what another left behind."""

    def __init__(self, server: ServerProcess, number: int) -> None:
        self.server = server
        self.demo = server.demo(rooms=number, members=len(NAMES))
        self._unused = list(self.demo["rooms"])

    def take(self) -> Table:
        """A separate room."""
        room = self._unused.pop()
        return Table(self.server, room["session"], dict(zip(NAMES, room["tokens"], strict=True)))

    def demo_table(self) -> Table:
        """A separate session of the demo campaign, whose members have passwords and where carol is a spectator.

        Sessions are not shared among tests: connections are counted for each.
        """
        session = self.server.shell(
            "from game.engine.models import Session\n"
            f"print(Session.objects.create(campaign_id={self.demo['campaign']}, title='The demo table').pk)"
        )
        tokens = {name: user["token"] for name, user in self.demo["users"].items()}
        return Table(self.server, int(session), tokens)


@dataclass
class Table:
    """One session and the tokens of its members."""

    server: ServerProcess
    session: int
    tokens: dict[str, str]
    seated: list[Client] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The socket's address, without a query."""
        return f"{self.server.address}/ws/game/{self.session}"

    async def connect(self, bearer: str | None = None, /, **how: Any) -> Client:
        """A socket of the token's user, nothing awaited; closed when the table is cleared."""
        client = await Client.connect(self.url, bearer, **how)
        self.seated.append(client)
        return client

    async def sit(self, name: str, **how: Any) -> Client:
        """A socket of this member who has read `room_joined` and `player_list`."""
        client = await self.connect(self.tokens[name], **how)
        await client.expect("room_joined")
        await client.expect("player_list")
        return client

    async def sit_all(self) -> tuple[Client, Client, Client]:
        """DM, alice and bob; each has heard that the others came."""
        dm, alice, bob = await self.sit("dm"), await self.sit("alice"), await self.sit("bob")
        for someone, others in ((dm, 2), (alice, 1)):
            for _ in range(others):
                await someone.expect("player_joined")
        return dm, alice, bob

    def info(self, name: str = "dm") -> Any:
        """The room's information as this member gets it."""
        return self.get(f"/ws/room/{self.session}/info", name).json

    def history(self, name: str = "dm", query: str = "") -> Any:
        """The log as this member gets it; `query` like «after=3&limit=2»."""
        return self.get(f"/api/sessions/{self.session}/events/?{query}", name).json

    def get(self, path: str, name: str) -> Response:
        """GET as this member; it must succeed."""
        response = self.server.get(path, token=self.tokens[name])
        assert response.status == 200, (path, response.status, response.body)
        return response

    def user_id(self, name: str) -> int:
        """The id of this member, as its token has it."""
        return int(claims(self.tokens[name])["sub"])

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Everybody goes home."""
        await asyncio.gather(*(client.close() for client in self.seated))
