"""The log's two forms: lines for people, and JSON lines for programs. Neither quotes what somebody wrote.

A record may carry `extra={"facts": {…}}`: names and values beside its message. Requests are named by their route,
since an address may hold an invitation's token. Of an exception, type and place are logged; its words only where its
type speaks of the machine or the code and never of data.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import msgspec
from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError

# Their words name files, hosts, modules and attributes. Those of a ValueError, a KeyError or an IntegrityError may
# be a player's own.
OUTSPOKEN = (
    AttributeError,
    ImportError,
    ImproperlyConfigured,
    InterfaceError,
    NameError,
    OperationalError,
    OSError,
    RuntimeError,
    TypeError,
)
REDIS_IS_AWAY = "redis.exceptions.ConnectionError"  # one more; by name, since most processes have no use for Redis

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """What both forms leave out."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802  (logging's own name)
        """The traceback, its causes first."""
        return "".join(_described(ei[1])).rstrip("\n") if ei[1] is not None else ""

    def said(self, record: logging.LogRecord) -> str:
        """The record's message."""
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            status = getattr(record, "status_code", "")
            return f"{status} {request.method} {match.route if match else '(no such page)'}"
        message = record.getMessage()
        if record.name == "asyncio":  # what follows shows a callback's arguments
            message = message.partition("\n")[0]
        return message

    def time(self, record: logging.LogRecord) -> str:
        """RFC 3339, UTC."""
        return datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Text(Discreet):
    """`2026-01-15T20:00:00.000000Z INFO rollscape.connection: opened user=3 session=7`, tracebacks below."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and a traceback where there is one."""
        facts = "".join(f" {name}={value}" for name, value in _facts(record).items() if value is not None)
        line = f"{self.time(record)} {record.levelname} {record.name}: {self.said(record)}{facts}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


class Json(Discreet):
    """`{"time": …, "level": …, "logger": …, "message": …, "traceback": …}` and the facts, one object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line = {
            "time": self.time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": self.said(record),
            **_facts(record),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line).decode()


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    reference = getattr(getattr(record, "request", None), "reference", None)
    return getattr(record, "facts", {} if reference is None else {"reference": reference})


def _is_outspoken(error: BaseException) -> bool:
    return isinstance(error, OUTSPOKEN) or any(
        f"{kind.__module__}.{kind.__qualname__}" == REDIS_IS_AWAY for kind in type(error).__mro__
    )


def _described(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _described(cause)
        yield "\nwhich led to\n\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    words = f": {error}" if _is_outspoken(error) and str(error) else ""
    yield f"{type(error).__module__}.{type(error).__qualname__}{words}\n"
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _described(part)
