"""How the pages look: theme, contrast and sounds, from the profile or this browser's cookies."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import Contrast, Theme, User

THEME_COOKIE = "theme"
GROUNDS = {Theme.DARK: "#1a1613", Theme.LIGHT: "#e3e5df"}  # --ground, for the browser's own bars


def look(request: HttpRequest) -> dict[str, object]:
    """`look.theme` and `look.contrast` (empty: as the system has it), `look.sounds`, `look.ground`."""
    user = getattr(request, "user", None)
    if isinstance(user, User) and user.is_authenticated:
        theme, contrast, sounds = Theme(user.theme), Contrast(user.contrast), user.sounds
    else:
        theme, contrast, sounds = _theme_of_browser(request), Contrast.SYSTEM, True
    return {"look": {"theme": theme.value, "contrast": contrast.value, "sounds": sounds, "ground": GROUNDS.get(theme)}}


def _theme_of_browser(request: HttpRequest) -> Theme:
    kept = request.COOKIES.get(THEME_COOKIE, "")
    return Theme(kept) if kept in Theme.values else Theme.SYSTEM
