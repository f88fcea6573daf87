"""The ASGI application: pages and REST by Django, sockets by the game's consumer."""

import os
import sys
from typing import Any, cast

from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rollscape.settings")
pages = get_asgi_application()

from game.engine import process  # noqa: E402  (needs Django's apps)
from game.routing import websocket_urlpatterns  # noqa: E402
from game.sessions import deletion  # noqa: E402
from rollscape.bodies import bounded  # noqa: E402
from rollscape.data_folder import claim  # noqa: E402
from rollscape.edge import Application  # noqa: E402
from rollscape.handshakes import SocketDoor  # noqa: E402
from rollscape.passwords import PasswordDoor  # noqa: E402


async def lifespan(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Start and stop the engine with a server that says when; others start it with their first socket."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await process.engine()
            deletion.remove_beside()  # what the last stop left
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await process.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


sockets: Any = SocketDoor(URLRouter(websocket_urlpatterns))
if "daphne.server" in sys.modules:  # it serves; elsewhere Twisted need not be loaded
    from rollscape.daphne import with_wire

    sockets = with_wire(sockets)
if not settings.DATABASE_URL:
    claim(settings.DATA_DIR)
requests = bounded(PasswordDoor(cast(Application, pages)))
application = ProtocolTypeRouter({"http": requests, "websocket": sockets, "lifespan": lifespan})
