"""What the server says besides the events of play: personal answers, joining, presence."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Raw, Struct, UnsetType

from game.errors import Refused
from game.protocol import Later, Player, announcement, snapshot_shape

Presence = Literal["here", "reconnecting"]


@announcement("ack", to="oneself")
class Ack(Struct, frozen=True):
    """A command with an `id` is committed; `seq` is its place in the log if it has one."""

    id: str
    duplicate: bool
    seq: int | UnsetType = UNSET

    @classmethod
    def of(cls, id: str, seq: int | None, duplicate: bool) -> Ack:
        """Without a seq for what is not stored."""
        return cls(id, duplicate, UNSET if seq is None else seq)


@announcement("error", to="oneself")
class Refusal(Struct, frozen=True):
    """A frame was refused; nothing was changed. `retry_after` is in seconds."""

    message: str
    code: str
    id: str | UnsetType = UNSET
    retry_after: float | UnsetType = UNSET

    @classmethod
    def of(cls, refusal: Refused, id: str | None) -> Refusal:
        """A refusal as its author hears it."""
        return cls(
            refusal.message,
            refusal.code,
            UNSET if id is None else id,
            UNSET if refusal.retry_after is None else round(refusal.retry_after, 3),
        )


@announcement("skip", to="oneself")
class Skip(Struct, frozen=True):
    """Takes the place of an event that the recipient may not see: a gap in the numbers always means loss."""


@announcement("room_joined", to="oneself")
class RoomJoined(Struct, frozen=True):
    """You are in the room. `seq` is the log's end, the `missed` events that follow included.

    `reconnecting` as in `player_list`.
    """

    session_id: int
    campaign_id: int
    player: Player
    players: list[Player]
    reconnecting: list[int]
    created_at: str
    seq: int
    epoch: str
    resumed: bool
    missed: int
    snapshot: Annotated[Raw, Later(snapshot_shape)] | None


@announcement("room_left", to="oneself")
class RoomLeft(Struct, frozen=True):
    """You left the room."""

    session_id: int


@announcement("player_list", to="oneself")
class PlayerList(Struct, frozen=True):
    """Everybody at the table, including you. `reconnecting`: the ids of users who lost the connection a moment ago."""

    players: list[Player]
    reconnecting: list[int]


@announcement("reconnect", to="oneself")
class Reconnect(Struct, frozen=True):
    """The server will close this socket. Reconnect after so many milliseconds: each client gets another number."""

    after_ms: int


@announcement("player_joined", to="the others")
class PlayerJoined(Struct, frozen=True):
    """Somebody joined the table. Sent once for a user, not for each tab."""

    player: Player


@announcement("player_left", to="the others")
class PlayerLeft(Struct, frozen=True):
    """Somebody left, or lost the connection and did not come back in time."""

    player: Player


@announcement("player_state", to="the others")
class PlayerState(Struct, frozen=True):
    """A player lost the connection, or is back. `player_left` follows only if they do not come back in time."""

    user_id: int
    state: Presence
