"""Forgotten passwords by mail: whether that can be, how often, and after the answer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponseRedirect

from accounts.limits import Limit

log = logging.getLogger("rollscape.mail")

HOUR = 3600.0  # seconds
# Nobody's mailbox is filled, and nobody fills many.
to_address = Limit("mailed", 3, HOUR)
by_asker = Limit("resets", 10, HOUR)
_sending = threading.BoundedSemaphore(4)  # each holds a thread for as long as the mail server takes


def can_reset_by_mail() -> bool:
    """True where mail can be sent, and the site's address is known.

    Without a configured address the link in the mail would have to trust the request's Host header,
    which the requesting client can forge.
    """
    return bool(settings.EMAIL_URL and settings.PUBLIC_URL)


class MailingRedirect(HttpResponseRedirect):
    """Leads on, and sends a mail once it has left: how long that takes tells nobody who has an account."""

    def __init__(self, to: str, address: str, send: Callable[[], object]) -> None:
        super().__init__(to)
        self._address = address.casefold()
        self._mail = send

    def close(self, *args: Any, **kwargs: Any) -> None:
        """The answer has left."""
        if not _sending.acquire(blocking=False):
            log.warning("a mail was not sent: too many at once")
        else:
            try:
                if not to_address.take(self._address):
                    self._mail()
            finally:
                _sending.release()
        super().close()
