"""What a request hears that broke: with the reference under which the log has the reason, or that it may come again."""

import secrets
import sqlite3
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template import loader
from django.utils.log import log_response

from game.roll_tables.rules.csv_rows import MAX_BYTES
from rollscape.edge import PROGRAMS

READ_ONLY = "25006"  # PostgreSQL's

# SQLite's: busy, locked, read-only, an error of the disk, full, cannot be opened.
UNWRITABLE = frozenset({5, 6, 8, 10, 13, 14})
AGAIN = 5  # seconds until a client that found the database busy may try again


def broken(request: HttpRequest) -> HttpResponse:
    """503 where the database had no time, else 500.

    Django logs a request that broke after this, and `rollscape.log` the reference with it.
    """
    if _is_busy(sys.exc_info()[1]):
        return _busy(request)
    reference = secrets.token_hex(4)
    request.reference = reference  # type: ignore[attr-defined]
    # Nothing that the other pages are given is asked for: it may be what broke.
    return HttpResponseServerError(loader.get_template("500.html").render({"reference": reference}))


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 where more was sent than is taken, else 400: as a page, or as JSON for programs."""
    too_long = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent))
    status, reason = (413, _limit_of(request)) if too_long else (400, "")
    if request.path.startswith(PROGRAMS):
        return JsonResponse({"detail": reason or "This request cannot be read."}, status=status)
    return HttpResponse(loader.get_template(f"{status}.html").render({"reason": reason}, request), status=status)


def _limit_of(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is not None and match.url_name == "roll-table-import":
        return f"An import may have at most {MAX_BYTES // 1024} KiB."
    return f"A form may have at most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0:,} bytes of text."


# SQLite's: busy, locked, read-only, an error of the disk, full, cannot be opened.
UNWRITABLE = frozenset({5, 6, 8, 10, 13, 14})


def _is_busy(error: BaseException | None) -> bool:
    """Whether the database, and not the code, kept a request from being answered: it had no connection to spare, is
    away, is locked, or cannot be written to."""
    from psycopg_pool import PoolTimeout  # takes a while to load, and is for PostgreSQL alone

    while error is not None:
        if isinstance(error, PoolTimeout) or _is_unwritable(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_unwritable(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in UNWRITABLE
    is_away = isinstance(error, OperationalError | InterfaceError) and bool(settings.DATABASE_URL)
    return is_away or getattr(error, "sqlstate", None) == READ_ONLY


def _busy(request: HttpRequest) -> HttpResponse:
    response: HttpResponse
    if request.path.startswith(PROGRAMS):
        response = JsonResponse({"detail": f"The database is busy. Try again in {AGAIN} seconds."}, status=503)
    else:
        response = HttpResponse(loader.get_template("503.html").render({"seconds": AGAIN}), status=503)
    response["Retry-After"] = str(AGAIN)
    # One line and no traceback, which Django would log of it otherwise: nothing is wrong with the code.
    log_response("Busy", response=response, request=request, level="error")
    return response
