"""Guessing passwords is slow: by name and household, by household, and by name. Named in the settings."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.households import household_of
from accounts.limits import Limit, LimitReached
from accounts.models import User
from accounts.refusals import refusal

MESSAGE = "Too many failed attempts. Please wait five minutes and try again."
FROM_HERE = "Too many failed attempts from your network. Please wait a while and try again."
THIS_NAME = "There are too many attempts to sign in with this name. Please try again in a moment."
HOUR = 3600.0  # seconds
KEPT = timedelta(days=30)

# Whatever the names: 100 failures of one household, and 100 more in an hour.
by_household = Limit("household", 100 if settings.TRIES else 0, HOUR)
# Wherever they come from: 30 failures of one name, then one every two seconds. Nobody is locked out by it.
by_name = Limit("name", 30 if settings.TRIES else 0, 60)
LONGEST = 10.0  # seconds that an attempt waits for its name
_tidied = Limit("tidy", 1, HOUR)
_waiting = threading.BoundedSemaphore(8)  # attempts that wait; each holds a thread


class GuessingBackend:
    """Stands before the backend that looks at passwords; knows nobody itself."""

    def authenticate(self, request: HttpRequest | None, username: str | None = None, **credentials: Any) -> None:
        """Let the attempt pass, or make it wait; raises LimitReached."""
        if request is None:
            return
        wait = by_household.wait(household_of(request))
        if wait:
            raise LimitReached(FROM_HERE, code="too_many_attempts", status=429, retry_after=wait)
        if username:
            _slow_down(folded(username))


def _slow_down(name: str) -> None:
    wait = by_name.wait(name)
    if not wait:
        return
    if wait > LONGEST or not _waiting.acquire(blocking=False):
        raise LimitReached(THIS_NAME, code="too_many_attempts", status=429, retry_after=wait)
    try:
        time.sleep(wait)
    finally:
        _waiting.release()


@receiver(user_login_failed, dispatch_uid="accounts.lockout")
def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    if request is None:
        return
    by_household.take(household_of(request))
    if credentials.get("username"):
        by_name.take(folded(str(credentials["username"])))


@receiver(pre_save, sender=AccessAttempt, dispatch_uid="accounts.lockout.discreet")
def _keep_no_words(instance: AccessAttempt, **kwargs: Any) -> None:
    """The form and the address may hold an invitation's token."""
    instance.get_data = instance.post_data = ""


@receiver(user_logged_in, dispatch_uid="accounts.lockout.tidy")
def _tidy(**kwargs: Any) -> None:
    """Who signed in, and from where, is kept for a month."""
    if not _tidied.take(""):
        AccessLog.objects.filter(attempt_time__lt=timezone.now() - KEPT).delete()


def folded(name: str) -> str:
    """The name as signing in folds it: `Ann` and `ann` share their attempts."""
    return User.normalize_username(name).casefold()[:255]


def attempted_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """The name that was tried."""
    name = (credentials or request.POST).get("username")
    return folded(name) if name else None


def attempted_from(request: HttpRequest) -> str:
    """The household that tried it."""
    return household_of(request)


def refuse(request: HttpRequest, *args: Any) -> HttpResponse:
    """429: JSON for the token endpoints, a page for everybody else."""
    wait = settings.AXES_COOLOFF_TIME.total_seconds()
    return refusal(request, LimitReached(MESSAGE, code="too_many_attempts", status=429, retry_after=wait))
