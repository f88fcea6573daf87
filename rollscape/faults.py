"""What a request hears that broke: with the reference under which the log has the reason, or that it may come again."""

import secrets
import sys

from django.http import HttpRequest, HttpResponse, HttpResponseServerError, JsonResponse
from django.template import loader
from django.utils.log import log_response

AGAIN = 5  # seconds until a client that found the database busy may try again
PROGRAMS = ("/api/", "/ws/")  # under these programs ask, who read JSON


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


def _is_busy(error: BaseException | None) -> bool:
    """Whether a request waited in vain for one of the connections that all requests share."""
    from psycopg_pool import PoolTimeout  # takes a while to load, and is for PostgreSQL alone

    while error is not None and not isinstance(error, PoolTimeout):
        error = error.__cause__ or error.__context__
    return error is not None


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
