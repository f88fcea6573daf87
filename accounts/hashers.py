"""Passwords: hashed by few at a time, and the same however their letters were typed."""

from __future__ import annotations

import os
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from django.contrib.auth import hashers

from accounts.limits import LimitReached

T = TypeVar("T")

# One core is left to those who play.
AT_ONCE = max(1, min(2, (os.cpu_count() or 1) - 1))
WAITING = 16  # of those who wait for their turn
PATIENCE = 5.0  # seconds that it may take in all
BUSY = "The server is busy checking passwords. Please try again in a moment."


def _give_way() -> None:
    if sys.platform == "linux":  # where it is this thread's alone
        os.setpriority(os.PRIO_PROCESS, 0, 5)


# Threads of its own: in each that hashed once, the C library keeps the memory for it.
_hashing = ThreadPoolExecutor(AT_ONCE, "hashing", _give_way)
_room = threading.BoundedSemaphore(AT_ONCE + WAITING)


def in_turn(work: Callable[[], T]) -> T:
    """What the work returns, once it is its turn; raises LimitReached where too many wait or it takes too long."""
    if not _room.acquire(blocking=False):
        raise _busy()
    try:
        hashed = _hashing.submit(work)
        try:
            return hashed.result(PATIENCE)
        except TimeoutError:
            if hashed.cancel():
                raise _busy() from None
            return hashed.result()  # it has begun
    finally:
        _room.release()


def normal_form(password: str) -> str:
    """The one form that is hashed: «ä» may be typed as one character or as two."""
    return unicodedata.normalize("NFC", password)


def _busy() -> LimitReached:
    return LimitReached(BUSY, code="busy", status=503, retry_after=PATIENCE)


class Argon2(hashers.Argon2PasswordHasher):
    """Argon2id at the smaller of OWASP's settings: 19 MiB. What was hashed with more is hashed anew at a sign-in."""

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """The hash of the normal form."""
        return in_turn(partial(super().encode, normal_form(password), salt))

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password fits, in its normal form or as it was typed: older hashes are of that."""
        verify = super().verify
        return in_turn(lambda: any(verify(form, encoded) for form in _forms(password)))


class PBKDF2(hashers.PBKDF2PasswordHasher):
    """For hashes that came from elsewhere; hashed anew at a sign-in."""

    def verify(self, password: str, encoded: str) -> bool:
        """See Argon2."""
        verify = super().verify
        return in_turn(lambda: any(verify(form, encoded) for form in _forms(password)))


def _forms(password: str) -> Iterable[str]:
    return dict.fromkeys((normal_form(password), password))
