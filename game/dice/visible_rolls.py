"""The rolls in the logs, as one member may see them."""

from __future__ import annotations

import json

from django.db.models import Q, QuerySet

from game.dice.rules.fairness.export import Event
from game.engine.log.audience import restored, visible
from game.engine.models import LogEntry
from game.roles import Role

# A line of chat has these words only where it holds rolls: in its text the quotes are escaped.
ROLLS = Q(event="dice_roll") | Q(event="chat_message", data__contains='"proof":{')
DRAWS = Q(event="table_draw")


def events(entries: QuerySet[LogEntry], user_id: int, role: Role) -> list[Event]:
    """The events of which this user, in this role, may see all."""
    rows = visible(entries, user_id, role).values_list("event", "data", "seq", "audience")
    return [
        {"event": event, "data": json.loads(data), "seq": seq}
        for event, data, seq, seen_by in rows
        if (audience := restored(seen_by)) is None or audience.cut_of(user_id, role) == 0
    ]
