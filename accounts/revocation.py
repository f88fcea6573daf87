"""Ending access: sign-out, sign-out everywhere, changed passwords, deactivated and deleted users.

`access_changed` is sent with `user_id` after the change is committed, so that code with live
sockets can ask `accounts.identity.still_valid` which of them may stay.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models import F, Model
from django.db.models.signals import post_delete
from django.dispatch import Signal, receiver
from django.http import HttpRequest

access_changed = Signal()


def announce(user_id: int) -> None:
    """Send `access_changed` once the current transaction is committed, at once outside of one."""
    # Robust: one deaf receiver must not keep the others from hearing it, nor fail the sign-out.
    transaction.on_commit(lambda: _send(user_id))


def _send(user_id: int) -> None:
    access_changed.send_robust(sender=None, user_id=user_id)


def sign_out_everywhere(user: AbstractBaseUser) -> None:
    """End every cookie session and every token of the user; `user.token_version` is the new one."""
    with transaction.atomic():
        get_user_model().objects.filter(pk=user.pk).update(token_version=F("token_version") + 1)
        announce(user.pk)
    user.refresh_from_db(fields=["token_version"])


@receiver(user_logged_out, dispatch_uid="accounts.sign_out")
def on_sign_out(request: HttpRequest, user: AbstractBaseUser | None, **kwargs: Any) -> None:
    """End this browser's session before anybody asks whether it is still valid."""
    if user is None:
        return
    request.session.delete()
    announce(user.pk)


@receiver(post_delete, sender="accounts.User", dispatch_uid="accounts.delete")
def on_delete(instance: Model, **kwargs: Any) -> None:
    """Tell that a deleted user's access is over."""
    # The instance loses its key before the commit.
    announce(instance.pk)
