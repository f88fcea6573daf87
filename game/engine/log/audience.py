"""Who may see an event: the one place where that is decided."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from msgspec import Struct, json

from game.engine.models import LogEntry
from game.protocol import veiled
from game.roles import Role


class Audience(Struct, frozen=True):
    """Members of at least `role`, and the `users` by id whatever their role. Nobody else.

    Of the others the `veiled` see that it was, as the event's veil leaves it. What is veiled from somebody is for a
    role, so that no DM can meet it veiled.
    """

    role: str | None
    users: tuple[int, ...] = ()
    veiled: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.veiled and self.role is None:
            raise ValueError("what is veiled from somebody is for a role")

    def includes(self, user_id: int, role: Role) -> bool:
        """Whether this user, in this role, may see all of it."""
        return user_id in self.users or (self.role is not None and role.rank >= Role(self.role).rank)


_decode = json.Decoder(Audience).decode


def stored(audience: Audience | None) -> str | None:
    """As the log keeps it."""
    return None if audience is None else json.encode(audience).decode()


def restored(text: str | None) -> Audience | None:
    """From the log."""
    return None if text is None else _decode(text)


def shown(frame: bytes, audience: Audience | None, user_id: int, role: Role) -> bytes | None:
    """A stored event's frame as this user, in this role, may see it; None for not at all."""
    if audience is None or audience.includes(user_id, role):
        return frame
    return veiled(frame) if user_id in audience.veiled else None


def visible(entries: QuerySet[LogEntry], user_id: int, role: Role) -> QuerySet[LogEntry]:
    """Only those entries of which this user, in this role, may see something; `shown` tells what."""
    seen = Q(audience__isnull=True)
    for least in Role:
        if least.rank <= role.rank:
            seen |= Q(audience__startswith=f'{{"role":"{least.value}",')
    # Ids stand as "[1,22,3]" in the stored text.
    for before in "[,":
        for after in ",]":
            seen |= Q(audience__contains=f"{before}{user_id}{after}")
    return entries.filter(seen)
