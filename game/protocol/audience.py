"""What a handler says and to whom: an audience is part of the result, never something set beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from msgspec import Struct

from game.roles import Role

S = TypeVar("S", bound=Struct, covariant=True)


class Audience(Struct, frozen=True):
    """Members of at least `role` (None: of no role), and `users` by id whatever their role. Nobody else."""

    role: str | None
    users: tuple[int, ...] = ()

    def includes(self, user_id: int, role: Role) -> bool:
        """Whether this user, in this role, belongs to it."""
        return user_id in self.users or (self.role is not None and role.rank >= Role(self.role).rank)


EVERYBODY = Audience(Role.SPECTATOR)
DMS = Audience(Role.DM)


@dataclass(frozen=True, slots=True)
class Cut:
    """What an audience sees in place of the whole event."""

    audience: Audience
    data: Struct


@dataclass(slots=True)
class Said(Generic[S]):
    """An event of a handler, and who sees it.

    `data` is for `audience`. Everybody else gets the first of the `cuts` whose audience includes them, or nothing.
    `personal` frames are not stored: each follows the event for those in its audience who hear it live.
    """

    data: S
    audience: Audience
    cuts: Sequence[Cut] = ()
    personal: Sequence[Cut] = field(default=())


@dataclass(frozen=True, slots=True)
class Addressed(Generic[S]):
    """A passing event for the one socket with this connection id."""

    data: S
    connection_id: int


def merged(cuts: Sequence[tuple[Audience, bytes]]) -> list[tuple[Audience, bytes]]:
    """Neighbouring cuts with the same content as one, so that it is stored and written once."""
    joined: list[tuple[Audience, bytes]] = []
    for audience, data in cuts:
        if joined and joined[-1][1] == data:
            joined[-1] = (union([joined[-1][0], audience]), data)
        else:
            joined.append((audience, data))
    return joined


def union(audiences: Sequence[Audience]) -> Audience:
    """Everybody who is in one of them."""
    roles = [Role(audience.role) for audience in audiences if audience.role is not None]
    least = min(roles, key=lambda role: role.rank, default=None)
    users = dict.fromkeys(user for audience in audiences for user in audience.users)
    return Audience(least, tuple(users))
