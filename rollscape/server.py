"""The server behind `make run`: uvicorn, which nobody can keep waiting or make wait."""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Callable
from functools import partial

import uvicorn
from django.conf import settings
from uvicorn.config import STARTUP_FAILURE

from rollscape.arrivals import Arrivals, raise_file_limit
from rollscape.http import RequestProtocol
from rollscape.websocket import FrameProtocol

MAX_MESSAGE = 512 * 1024  # bytes; the consumer closes earlier and says why
PING = 20.0  # seconds between pings, and until a missing pong counts as a cut


class Server(uvicorn.Server):
    """Says when it serves, and sends its people away before it stops."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve."""
        await super().startup(sockets)
        if self._ready is not None:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Not ready any more, then everybody told to come back, then the door closed."""
        from game.engine import process  # needs Django's apps

        if sockets:  # others serve this port: new connections are theirs
            for server in self.servers:
                server.close()
        await process.drain()
        await super().shutdown(sockets)


def serve(
    host: str = "",
    port: int = 0,
    *,
    door: socket.socket | None = None,
    ready: Callable[[], None] | None = None,
    application: str = "rollscape.asgi:application",
) -> None:
    """Serve until told to stop, on host and port or on a bound socket; `ready` is called once it serves.

    Another application is for testing this server itself.
    """
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        loop="uvloop",
        http=partial(RequestProtocol, Arrivals(raise_file_limit())),  # type: ignore[arg-type]  # makes one as the class would
        ws=FrameProtocol,
        ws_max_size=MAX_MESSAGE,
        ws_ping_interval=PING,
        ws_ping_timeout=PING,
        ws_per_message_deflate=False,  # halves throughput and doubles memory
        forwarded_allow_ips=settings.PROXIES,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=10,
        server_header=False,
        lifespan="on",  # an engine that cannot start is a server that must not
    )
    server = Server(config, ready)
    with contextlib.suppress(KeyboardInterrupt):  # raised again once it has stopped
        server.run([door] if door else None)
    if not server.started:
        sys.exit(STARTUP_FAILURE)
