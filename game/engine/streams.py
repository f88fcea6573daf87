"""Answers that may be long: short ones whole, long ones as they are made, so that no more of one is ever in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from game.engine.readers import read

WHOLE = 256 * 1024  # bytes; a longer answer is a stream


def json_answer(begun: list[bytes], following: Callable[[], bytes] | None = None) -> HttpResponseBase:
    """The parts that were made already, and what `following` gives on a reader's thread until that is nothing."""
    if following is None and sum(map(len, begun)) <= WHOLE:
        return HttpResponse(b"".join(begun), content_type="application/json")
    return StreamingHttpResponse(_parts(begun, following), content_type="application/json")


async def _parts(begun: list[bytes], following: Callable[[], bytes] | None) -> AsyncIterator[bytes]:
    # Taken out one by one: the garbage of a request, which holds its answer, is collected seldom.
    while begun:
        yield begun.pop(0)
    while following is not None and (part := await read(_read_once, following)):
        yield part


def _read_once(following: Callable[[], bytes]) -> bytes:
    """One part. SQLite keeps what it read for the next reader, 16 MiB a thread: of a stream nothing is read twice."""
    part = following()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA shrink_memory")
    return part
