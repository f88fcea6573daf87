"""Deleting sessions whose logs may be long: in portions, so that nobody at another table waits for it."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.db.models import Model, QuerySet

from game.campaign.models import Campaign
from game.engine.models import LogEntry, Session
from game.sessions import ending

PORTION = 500  # entries
REST = 1.0  # of the time that a portion took, for others to write in
SHORTEST_REST = 0.005  # seconds


def delete_sessions(sessions: QuerySet[Session]) -> None:
    """End these sessions and delete them with their logs. Not in a transaction, which would hold up everybody."""
    for session_id in list(sessions.values_list("pk", flat=True)):
        ending.end(session_id)  # so that nobody writes what would then be left
        _delete_log(session_id)
        Session.objects.filter(pk=session_id).delete()


def delete_campaigns(campaigns: QuerySet[Campaign]) -> None:
    """Delete these campaigns with their sessions; as `delete_sessions`."""
    ids = list(campaigns.values_list("pk", flat=True))
    delete_sessions(Session.objects.filter(campaign__in=ids))
    Campaign.objects.filter(pk__in=ids).delete()


def _delete_log(session_id: int) -> None:
    entries = LogEntry.objects.filter(session=session_id).order_by("seq")
    while portion := list(entries.values_list("pk", flat=True)[:PORTION]):
        begun = time.monotonic()
        LogEntry.objects.filter(pk__in=portion).delete()
        time.sleep(max(SHORTEST_REST, REST * (time.monotonic() - begun)))


def what_goes(objects: Iterable[Model], related: Iterable[QuerySet[Model]]) -> tuple[list[str], dict[str, int]]:
    """What a page says that is deleted: the objects themselves, and of what hangs on them how many."""
    chosen = list(objects)
    counts = {str(found.model._meta.verbose_name_plural): found.count() for found in related}
    title = f"{chosen[0]._meta.verbose_name}: ".capitalize() if chosen else ""
    named = [f"{title}{item}" for item in chosen]
    plural = str(chosen[0]._meta.verbose_name_plural) if chosen else ""
    return named, {plural: len(chosen)} | {name: count for name, count in counts.items() if count}
