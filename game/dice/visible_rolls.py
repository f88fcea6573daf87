"""The rolls in the logs, as one member may see them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from game.dice.rules.fairness.export import Event
from game.engine.log.audience import restored, visible
from game.engine.log.history import portions
from game.engine.models import LogEntry
from game.roles import Role

# A line of chat has these words only where it holds rolls: in its text the quotes are escaped.
ROLLS = Q(event="dice_roll") | Q(event="chat_message", data__contains='"proof":{')
DRAWS = Q(event="table_draw")
FIELDS = ("event", "data", "audience")  # beside the seq


def events(entries: QuerySet[LogEntry], user_id: int, role: Role, *, newest_first: bool = False) -> Iterator[Event]:
    """The events of a session of which this user, in this role, may see all; read as they are asked for."""
    for portion in portions(visible(entries, user_id, role), *FIELDS, newest_first=newest_first):
        yield from events_of(portion, user_id, role)


def events_of(portion: Iterable[tuple[Any, ...]], user_id: int, role: Role) -> Iterator[Event]:
    """Those of one portion, as `portions` gives FIELDS."""
    for seq, event, data, seen_by in portion:
        audience = restored(seen_by)
        if audience is None or audience.cut_of(user_id, role) == 0:
            yield {"event": event, "data": json.loads(data), "seq": seq}
