"""Presence: joining, leaving, and asking whether the other end is still there."""

from __future__ import annotations

import math
from typing import Annotated

from msgspec import Meta, Struct

from game.engine import joining
from game.engine.process import Engine
from game.engine.sockets.socket import Socket
from game.errors import Invalid
from game.protocol import announcement, direct

Epoch = Annotated[str, Meta(max_length=64)]


@direct("join_room", joined=False)
async def join_room(engine: Engine, socket: Socket, since: int | None = None, epoch: Epoch | None = None) -> None:
    """Join the room again after `leave_room`, or get its state again. `since`, `epoch`: what you know of its log."""
    await joining.join(engine, socket, since, epoch)


@direct("leave_room")
async def leave_room(engine: Engine, socket: Socket) -> None:
    """Leave the room; the socket stays open."""
    joining.leave(engine, socket)


@announcement("pong", to="oneself")
class Pong(Struct, frozen=True):
    """The answer to a ping, with its timestamp as it was sent."""

    timestamp: float | int | str
    server_time: str


@direct("ping", joined=False)
async def ping(engine: Engine, socket: Socket, timestamp: float | int | Annotated[str, Meta(max_length=64)]) -> None:
    """Ask for a sign of life; `timestamp` comes back as it was sent."""
    if isinstance(timestamp, float) and not math.isfinite(timestamp):
        raise Invalid("`timestamp` must be finite.")
    socket.send("pong", Pong(timestamp, socket.clock()))
