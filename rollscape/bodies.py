"""How long a request's body may be, and how long it may take: counted before anything of it is kept."""

from __future__ import annotations

import asyncio
import re
import time
from http import HTTPStatus

from rollscape.edge import Application, Message, Receive, Scope, Send, refuse

KIB = 1024
SMALL, LARGE = 64 * KIB, 2560 * KIB  # bytes
# Roll tables have a thousand rows, and the admin edits whole campaigns; everything else is a form of a few fields.
LARGE_PATHS = re.compile(r"/(campaigns/[0-9]+/tables/|admin/)")
UNHURRIED = 30.0  # seconds that every body may take
PACE = 16 * KIB  # bytes a second, on average, of one that takes longer


def limit_of(path: str) -> int:
    """The bytes that the body of a request for this path may have."""
    return LARGE if LARGE_PATHS.match(path) else SMALL


def too_long(path: str) -> str:
    """What somebody is told who sent more."""
    return f"This is too large. You can send at most {limit_of(path) // KIB:,} KiB here."


class _Body:
    """One request's body on its way in."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._limit = limit_of(scope["path"])
        self._began = time.monotonic()
        self._size = 0
        self._complete = False
        self._answered = False

    async def refuse_declared(self) -> bool:
        """Whether the request itself says that it is too long; that is answered then."""
        declared = next((value for name, value in self._scope["headers"] if name == b"content-length"), b"0")
        if not declared.isdigit() or int(declared[:18]) > self._limit:
            await self._refuse_length()
        return self._answered

    async def receive(self) -> Message:
        """The next piece; a disconnection where the body was refused."""
        if self._complete:
            return await self._receive()
        if self._answered:
            return {"type": "http.disconnect"}
        try:
            async with asyncio.timeout(self._patience()):
                message = await self._receive()
        except TimeoutError:
            return await self._refuse(HTTPStatus.REQUEST_TIMEOUT, "The request took too long to arrive.")
        self._size += len(message.get("body", b""))
        self._complete = not message.get("more_body", False)
        if self._size > self._limit:
            return await self._refuse_length()
        return message

    def _patience(self) -> float:
        return max(0.0, UNHURRIED + self._size / PACE - (time.monotonic() - self._began))

    async def _refuse_length(self) -> Message:
        return await self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, too_long(self._scope["path"]))

    async def _refuse(self, status: HTTPStatus, words: str) -> Message:
        self._complete = False
        self._answered = True
        await refuse(self._scope, self._send, status, words)
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """The application's answer, unless there was one."""
        if not self._answered:
            await self._send(message)


def bounded(application: Application) -> Application:
    """The application, which never hears of a body that is too long or too slow."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        body = _Body(scope, receive, send)
        if not await body.refuse_declared():
            await application(scope, body.receive, body.send)

    return serve
