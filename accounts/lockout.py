"""What somebody meets who tried too many passwords. Named in the settings of django-axes."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from accounts.models import User

MESSAGE = "Too many failed attempts. Please wait five minutes and try again."


def attempted_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """The name that was tried, folded as signing in folds it: `Ann` and `ann` share their attempts."""
    name = (credentials or request.POST).get("username")
    return User.normalize_username(name).casefold()[:255] if name else None


def refuse(request: HttpRequest, *args: Any) -> HttpResponse:
    """429: JSON for the token endpoints, a page for everybody else."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": MESSAGE, "code": "too_many_attempts"}, status=429)
    return render(request, "accounts/locked_out.html", {"message": MESSAGE}, status=429)
