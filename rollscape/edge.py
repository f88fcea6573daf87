"""Answers that are given before Django is asked: JSON for programs, a page for people."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from django.template import loader

PROGRAMS = ("/api/", "/ws/")  # under these programs ask, who read JSON

Message = dict[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def worded(path: str, words: str) -> tuple[bytes, bytes]:
    """The content type and the body that say this to who asks for that path."""
    if path.startswith(PROGRAMS):
        return b"application/json", json.dumps({"detail": words}).encode()
    return b"text/html; charset=utf-8", loader.get_template("refused.html").render({"words": words}).encode()


async def refuse(scope: Scope, send: Send, status: HTTPStatus, words: str, *, retry_after: int = 0) -> None:
    """Answer with a sentence and, where it is not 0, when to come again (seconds)."""
    kind, answer = worded(scope["path"], words)
    headers = [
        (b"content-type", kind),
        (b"content-length", b"%d" % len(answer)),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if retry_after:
        headers.append((b"retry-after", b"%d" % retry_after))
    await send({"type": "http.response.start", "status": status.value, "headers": headers})
    await send({"type": "http.response.body", "body": answer})
