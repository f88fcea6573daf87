"""Who may see a stored event, and which cut of it: the one place where that is decided."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from msgspec import Raw, json

from game.engine.models import LogEntry
from game.protocol import Audience, union
from game.roles import Role


class StoredAudience(Audience, frozen=True, omit_defaults=True):
    """Everybody who sees something of an event. With several `cuts`, those of each, in their order: the first that
    includes a viewer is theirs.
    """

    cuts: tuple[Audience, ...] = ()

    def cut_of(self, user_id: int, role: Role) -> int | None:
        """Which cut this user sees in this role: 0 is the whole event. None: nothing of it."""
        if not self.cuts:
            return 0 if self.includes(user_id, role) else None
        return next((n for n, cut in enumerate(self.cuts) if cut.includes(user_id, role)), None)


_decode = json.Decoder(StoredAudience).decode


def stored(audiences: Sequence[Audience] | None) -> str | None:
    """The audiences of an event's cuts as the log keeps them; None is everybody."""
    if audiences is None:
        return None
    whole = union(audiences)
    cuts = tuple(audiences) if len(audiences) > 1 else ()
    # `role` and `users` come first whatever their values: `visible` looks for them in the text.
    return json.encode({"role": whole.role, "users": whole.users} | ({"cuts": cuts} if cuts else {})).decode()


def restored(text: str | None) -> StoredAudience | None:
    """From the log."""
    return None if text is None else _decode(text)


def cuts_of(text: str | None) -> list[bytes]:
    """The data of an event's further cuts, from the log."""
    return [] if text is None else [bytes(cut) for cut in json.decode(text, type=list[Raw])]


def visible(entries: QuerySet[LogEntry], user_id: int, role: Role) -> QuerySet[LogEntry]:
    """Only those entries of which this user, in this role, sees something."""
    seen = Q(audience__isnull=True)
    for least in Role:
        if least.rank <= role.rank:
            seen |= Q(audience__startswith=f'{{"role":"{least.value}",')
    # Ids stand as "[1,22,3]" in the stored text.
    for before in "[,":
        for after in ",]":
            seen |= Q(audience__contains=f"{before}{user_id}{after}")
    return entries.filter(seen)
