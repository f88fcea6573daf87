"""One connection as who runs the server sees it: what it counts for, and its lines in the log.

The lines say who, where, how long and how much. They never hold what somebody wrote, nor a token: a refusal is
its code and the name of a known event, an address is that of the client without what it asked for.
"""

from __future__ import annotations

import logging
import secrets
import time
from typing import Any

from game.engine.counters import counters
from game.engine.sockets.socket import Socket

log = logging.getLogger("rollscape.connection")


class ConnectionLog:
    """From a socket's handshake to its end. `reference` is in every line of it, a bug's traceback included."""

    def __init__(self, scope: dict[str, Any]) -> None:
        self.reference = secrets.token_hex(4)
        self.received = 0  # frames
        self._refused = 0
        self._began = time.monotonic()
        self._about: dict[str, Any] = {"connection": self.reference}
        self._address = (scope.get("client") or ("",))[0]
        counters.opened += 1

    def opened(self, socket: Socket) -> None:
        """It is known who this is."""
        self._about |= {"user": socket.identity.user_id, "session": socket.session_id}
        log.info("opened", extra={"facts": self._about | {"address": self._address}})

    def heard(self) -> None:
        """One frame came."""
        self.received += 1
        counters.received += 1

    def refused(self, code: str, event: str | None = None, *, quietly: bool = False) -> None:
        """A command was refused; `quietly`: as the one before it, and not worth a line again."""
        self._refused += 1
        counters.refusals[code] += 1
        if not quietly:
            log.info("refused", extra={"facts": self._about | {"code": code, "event": event}})

    def closed(self, code: int, by: str) -> None:
        """It is over; `by` is server or client."""
        counters.close(code, by)
        facts = {
            "code": code,
            "by": by,
            "address": self._address,
            "seconds": round(time.monotonic() - self._began, 1),
            "frames": self.received,
            "refused": self._refused,
        }
        log.info("closed", extra={"facts": self._about | facts})
