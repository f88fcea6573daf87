"""Deleting sessions and campaigns: gone for everybody at once, and from the database in portions.

A log of a hundred thousand lines is not removed in one transaction, for which everybody else would wait. A deleted
campaign loses its members and invitations and is marked; a deleted session moves to a marked campaign of its own. A
thread removes what is marked. What it leaves behind when the server stops, the next start goes on with.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator

from django.db import DatabaseError, connection, transaction
from django.db.models import CASCADE, Model
from django.utils import timezone

from game.campaign.models import Campaign
from game.engine import acl
from game.engine.models import LogEntry, Session

log = logging.getLogger("rollscape.deletion")

PORTION = 500  # rows in one transaction
LEAST_REST = 0.01  # seconds between two; a longer one takes as long as the portion before it took

_removing = threading.Lock()


def delete_campaign(campaign_id: int) -> None:
    """Take a campaign from everybody, with all that hangs on it. Its tables close."""
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update().filter(pk=campaign_id, deleted_at=None).first()
        if campaign is None:
            return
        _mark(campaign)
        campaign.invitations.all().delete()
        campaign.memberships.all().delete()  # which closes the tables
        _remove_soon(campaign)


def delete_session(session_id: int) -> None:
    """Take a session from everybody, with its log. Its table closes."""
    with transaction.atomic():
        session = Session.objects.select_for_update(of=("self",)).filter(pk=session_id).first()
        if session is None:
            return
        grave = Campaign(name=session.title)
        _mark(grave)
        Session.objects.filter(pk=session_id).update(campaign=grave)
        acl.touch([session_id])
        _remove_soon(grave)


def _mark(campaign: Campaign) -> None:
    campaign.deleted_at = timezone.now()
    campaign.save()


def _remove_soon(campaign: Campaign) -> None:
    """At once where it is little."""
    if LogEntry.objects.filter(session__campaign=campaign).count() < PORTION:
        remove(campaign)
    else:
        transaction.on_commit(remove_beside)


def remove_beside() -> threading.Thread:
    """Remove what is marked, on a thread of its own; without a word where nothing is."""
    thread = threading.Thread(target=_remove_all, name="rollscape-deletion", daemon=True)
    thread.start()
    return thread


def _remove_all() -> None:
    try:
        with _removing:
            while (campaign := Campaign.objects.exclude(deleted_at=None).first()) is not None:
                remove(campaign)
    except DatabaseError as error:
        log.warning("what was deleted is not yet removed: %s", type(error).__name__)
    finally:
        connection.close()


def remove(campaign: Campaign) -> None:
    """Remove a marked campaign from the database, in portions; others get their turn in between."""
    for model, path in _hanging(Campaign):
        while True:
            began = time.monotonic()
            removed = _remove_portion(model, path, campaign)
            if removed < PORTION:
                break
            time.sleep(max(LEAST_REST, time.monotonic() - began))
    campaign.delete()


def _hanging(model: type[Model], path: str = "") -> Iterator[tuple[type[Model], str]]:
    """What goes with a row of the model, the deepest first, and the lookup from there to that row."""
    for relation in model._meta.related_objects:
        if getattr(relation, "on_delete", None) is CASCADE:
            child = relation.related_model
            assert isinstance(child, type)
            to_row = f"{relation.field.name}__{path}" if path else relation.field.name
            yield from _hanging(child, to_row)
            yield child, to_row


def _remove_portion(model: type[Model], path: str, campaign: Campaign) -> int:
    """How many rows were removed; fewer than a portion only when none are left."""
    rows = model._base_manager
    with transaction.atomic():
        keys = list(rows.filter(**{path: campaign.pk}).values_list("pk", flat=True)[:PORTION])
        if keys:
            rows.filter(pk__in=keys).delete()
    return len(keys)
