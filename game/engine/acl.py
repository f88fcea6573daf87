"""A change of somebody's rights or looks moves the session's `acl_version` and is announced.

The hubs then take the seats of that room anew: a removed member is closed, a changed role holds for the next
command. Were the word lost, their sweep finds the version moved.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver

from accounts.revocation import access_changed
from game.campaign.models import Character, Membership
from game.engine.log.storage import storage
from game.engine.models import Connection, Session
from game.engine.presence.roster import Roster
from game.engine.rooms import player_list
from game.engine.rooms.doors import group_name
from game.engine.rooms.hub import EVERY_PROCESS

log = logging.getLogger("rollscape.acl")

Messages = list[tuple[str, dict[str, Any]]]  # group and message


def touch(session_ids: Iterable[int]) -> None:
    """Have the seats of these sessions taken anew once the current transaction is committed."""
    ids = list(session_ids)
    with transaction.atomic():
        # In the writer's order, or the two wait for each other for ever.
        list(Session.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
        Session.objects.filter(pk__in=ids).update(acl_version=F("acl_version") + 1)
        transaction.on_commit(lambda: announce(ids))


def announce(session_ids: list[int]) -> None:
    """Tell the hubs of every process that something about these sessions changed."""
    _send([(EVERY_PROCESS, {"type": "sessions.changed", "sessions": session_ids})])


def _send(messages: Messages) -> None:
    try:
        async_to_sync(_group_send)(messages)
    except Exception as error:  # noqa: BLE001  (Redis is away, however its client says so: the hubs' sweep finds it)
        log.warning("the channel layer does not answer: %s", type(error).__name__)


async def _group_send(messages: Messages) -> None:
    layer = get_channel_layer()
    for group, message in messages:
        await layer.group_send(group, message)


def _sessions(**where: Any) -> list[int]:
    """All of them, empty ones too: somebody who is just joining one under its lock is not seen yet."""
    return list(Session.objects.filter(**where).values_list("pk", flat=True).distinct())


@receiver([post_save, post_delete], sender=Membership)
def _membership_changed(sender: type[Membership], instance: Membership, **kwargs: Any) -> None:
    touch(_sessions(campaign_id=instance.campaign_id))


@receiver([post_save, post_delete], sender=Character)
def _character_changed(sender: type[Character], instance: Character, **kwargs: Any) -> None:
    touch(_sessions(campaign_id=instance.campaign_id))


@receiver(post_delete, sender=Session)
def _session_deleted(sender: type[Session], instance: Session, **kwargs: Any) -> None:
    session_id = instance.pk
    transaction.on_commit(lambda: announce([session_id]))


@receiver(access_changed)
def _access_changed(sender: Any, user_id: int, **kwargs: Any) -> None:
    touch(_sessions(campaign__memberships__user_id=user_id))


@receiver(pre_delete, sender=settings.AUTH_USER_MODEL)
def _account_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Its sockets' rows go with it; the others in its rooms hear that it left."""
    ids = Connection.objects.filter(user=instance).values_list("session_id", flat=True).distinct()
    with transaction.atomic():
        store = storage()
        messages: Messages = []
        rows, now = store.lock(ids)
        for row in rows.values():
            changes = Roster.load(row.id, row.campaign_id).delete(row, instance.pk)
            store.append([], [row], now)
            messages += [(group_name(row.id), player_list.message(row.id, change)) for change in changes]
        transaction.on_commit(lambda: _send(messages))
