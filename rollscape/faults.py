"""The page of a server that broke, with the reference under which its log has the reason."""

import secrets

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader


def broken(request: HttpRequest) -> HttpResponse:
    """500. Django logs the request after this, and `rollscape.log` the reference with it."""
    reference = secrets.token_hex(4)
    request.reference = reference  # type: ignore[attr-defined]
    # Nothing that the other pages are given is asked for: it may be what broke.
    return HttpResponseServerError(loader.get_template("500.html").render({"reference": reference}))
