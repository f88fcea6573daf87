"""What somebody meets who does too much: JSON for programs, a page for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from accounts.limits import LimitReached


class LimitsMiddleware(MiddlewareMixin):
    """Answers LimitReached, whichever view raised it."""

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
