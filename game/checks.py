"""What `manage.py check`, and with it every start, says of settings that each make sense but not here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004  (Django's name)

from game.engine.metrics.endpoint import FOLDER

LONGEST_SOCKET = 100  # bytes that the system allows for a Unix socket's address, with room for its name


@register(Tags.security)
def plain_http(**kwargs: Any) -> list[CheckMessage]:
    """Passwords and tokens must not cross the Internet in the clear; at home they may."""
    if not settings.PUBLIC or settings.SECURE:
        return []
    hint = "Put a proxy with a certificate in front (docs/operating.md shows how), and use an https address."
    return [Warning(f"Passwords travel to {settings.PUBLIC_URL} unencrypted.", hint, id="rollscape.W001")]


@register(Tags.files)
def metrics_folder(**kwargs: Any) -> list[CheckMessage]:
    """The processes show each other their metrics on Unix sockets, whose addresses are short."""
    path = Path(settings.DATA_DIR) / FOLDER / "00.sock"
    if not settings.METRICS or len(bytes(path)) <= LONGEST_SOCKET:
        return []
    return [
        Error(f"The path {path} is too long for a socket.", "Choose a shorter ROLLSCAPE_DATA.", id="rollscape.E001")
    ]
