"""An echo on the very server behind `make run`, for suites that test WebSocket servers, such as Autobahn's.

    HOST=127.0.0.1 PORT=9001 python -m bench.echo

The server's own limits hold here too: a message over 512 KiB is closed with 1009, nothing is compressed.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import Any

from rollscape import environment
from rollscape.server import serve

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Send back what comes, text as text and bytes as bytes."""
    if scope["type"] == "lifespan":
        for stage in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{stage}.complete"})
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": message.get("text"), "bytes": message.get("bytes")})
    else:
        await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body"})


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rollscape.settings")
    serve(
        environment.text("HOST", "127.0.0.1"),
        int(environment.number("PORT", 9001)),
        application="bench.echo:application",
    )
