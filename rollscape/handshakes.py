"""How many sockets one address may hold, and how often it may come with a token or a session that is none."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus

from django.conf import settings

from accounts.households import household
from accounts.limits import Limit
from game.protocol.close_codes import Close
from rollscape.edge import Application, Message, Receive, Scope, Send

STRANGER = frozenset({int(Close.INVALID_TOKEN), int(Close.NOT_FOUND)})
RESPONSE = "websocket.http.response"  # the extension of servers that let a handshake be refused with a status


class SocketDoor:
    """An ASGI application before the game's."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._refused = Limit("handshakes", settings.HANDSHAKES, 60)
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it in, or refuse the handshake with 429."""
        address = household((scope.get("client") or ("",))[0])
        wait = self._refused.wait(address)
        if wait or 0 < settings.CONNECTIONS <= self._open[address]:
            await receive()
            await _refuse(scope, send, round(wait) or 1)
            return

        async def count(message: Message) -> None:
            if message["type"] == "websocket.close" and message.get("code") in STRANGER:
                self._refused.take(address)
            await send(message)

        self._open[address] += 1
        try:
            await self._application(scope, receive, count)
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]


async def _refuse(scope: Scope, send: Send, retry_after: int) -> None:
    if RESPONSE not in (scope.get("extensions") or {}):
        await send({"type": "websocket.close"})
        return
    headers = [(b"retry-after", b"%d" % retry_after)]
    await send({"type": f"{RESPONSE}.start", "status": HTTPStatus.TOO_MANY_REQUESTS.value, "headers": headers})
    await send({"type": f"{RESPONSE}.body", "body": b"Too many sockets from your network."})
