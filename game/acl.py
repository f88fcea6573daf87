"""Whoever changes what somebody may do, or how they look, moves the session's `acl_version` and says so.

The hubs then take the seats of that room anew: a removed member is closed, a changed role holds for the next
command. Were the word lost, their poll finds the version moved.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from accounts.revocation import access_changed
from game.hub import group_name
from game.models import Character, Connection, Membership, Session

log = logging.getLogger("rollscape.acl")


def touch(session_ids: Iterable[int]) -> None:
    """Have the seats of these sessions taken anew once the current transaction is committed."""
    ids = list(session_ids)
    with transaction.atomic():
        # In the writer's order, or the two wait for each other for ever.
        list(Session.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
        Session.objects.filter(pk__in=ids).update(acl_version=F("acl_version") + 1)
        transaction.on_commit(lambda: announce(_inhabited(ids)))


def announce(session_ids: Iterable[int]) -> None:
    """Tell the hubs of every process that something about these sessions changed."""
    try:
        async_to_sync(_send)(list(session_ids))
    except Exception as error:  # noqa: BLE001  (Redis is away, however its client says so: the hubs' poll finds it)
        log.warning("the channel layer does not answer: %s", type(error).__name__)


async def _send(session_ids: list[int]) -> None:
    layer = get_channel_layer()
    for session_id in session_ids:
        await layer.group_send(group_name(session_id), {"type": "room.changed", "session": session_id})


def _inhabited(session_ids: list[int]) -> list[int]:
    """Those with somebody in them; a hub where somebody is just coming in finds the version moved."""
    return list(Connection.objects.filter(session_id__in=session_ids).values_list("session_id", flat=True).distinct())


def _sessions(**where: Any) -> list[int]:
    """All of them, empty ones too: who is on the way in under the lock of one is seen by nobody yet."""
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
