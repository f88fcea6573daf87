"""The one shape that most events share."""

from __future__ import annotations

from msgspec import Struct

from game.roles import RoleName


class Player(Struct, frozen=True):
    """A user in the room: `display_name` is what to call them, `colour` the character's, 1 to 8."""

    user_id: int
    username: str
    display_name: str
    character_id: int | None
    character_name: str | None
    colour: int | None
    is_dm: bool
    role: RoleName
    connected_at: str
