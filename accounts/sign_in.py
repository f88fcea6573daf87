"""Signing somebody in whose password was not asked for: a new account, a demo user."""

from django.contrib.auth import login
from django.http import HttpRequest

from accounts.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in(request: HttpRequest, user: User) -> None:
    """Begin a session of the user's in this browser."""
    login(request, user, backend=BACKEND)
