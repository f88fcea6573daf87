"""What somebody meets who does too much: JSON for programs, a page for people."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from accounts.limits import LimitReached


class LimitsMiddleware:
    """Answers LimitReached, whichever view raised it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """As the view answers."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The refusal; None for any other exception."""
        return refusal(request, exception) if isinstance(exception, LimitReached) else None


def refusal(request: HttpRequest, reached: LimitReached) -> HttpResponse:
    """429 or 503, with `Retry-After`."""
    answer: HttpResponse
    if request.path.startswith("/api/"):
        answer = JsonResponse({"detail": reached.message, "code": reached.code}, status=reached.status)
    else:
        answer = render(request, "accounts/limited.html", {"message": reached.message}, status=reached.status)
    answer["Retry-After"] = str(reached.retry_after)
    return answer
