"""A passing event for one connection, wherever it is: handed over in order, or its sender hears why not."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from itertools import count
from typing import Any

from game.engine.models import Connection
from game.engine.readers import read
from game.engine.sockets.socket import Socket
from game.engine.sockets.transports import CALM, Payload
from game.errors import Busy, NotFound

PATIENCE = 2.0  # seconds that another process is waited for

Message = dict[str, Any]


class Addressing:
    """Finds the connection here or on another process. `here`: the sockets of this one in a session's room."""

    def __init__(self, here: Callable[[int], list[Socket]], post: Callable[[Message], None]) -> None:
        self._here = here
        self._post = post
        self._name = uuid.uuid4().hex  # of this process, in questions to others
        self._numbers = count()
        self._asked: dict[int, asyncio.Future[bool]] = {}

    async def hand_over(self, session_id: int, connection_id: int, text: bytes) -> None:
        """Write the frame to that connection.

        NotFound where the session has none of this id, Busy where its reader is behind or its process does not answer.
        """
        socket = self._find(session_id, connection_id)
        if socket is not None:
            taken = _write(socket, text)
        elif await read(_exists, session_id, connection_id):
            taken = await self._ask(session_id, connection_id, text)
        else:
            raise NotFound("That connection is not in this session.")
        if not taken:
            raise Busy("That connection is too slow right now. Try again.", retry_after=1.0)

    async def _ask(self, session_id: int, connection_id: int, text: bytes) -> bool:
        number = next(self._numbers)
        answer = self._asked[number] = asyncio.get_running_loop().create_future()
        try:
            self._post(
                {
                    "type": "room.addressed",
                    "session": session_id,
                    "connection": connection_id,
                    "text": text,
                    "asked_by": self._name,
                    "number": number,
                }
            )
            async with asyncio.timeout(PATIENCE):
                return bool(await answer)
        except TimeoutError:
            return False
        finally:
            del self._asked[number]

    def asked(self, message: Message) -> None:
        """Another process has a frame for a connection; answer it where the connection is here."""
        socket = self._find(message["session"], message["connection"])
        if socket is not None:
            taken = _write(socket, message["text"])
            self._post({**message, "type": "room.handed_over", "text": b"", "taken": taken})

    def answered(self, message: Message) -> None:
        """The other process' answer."""
        answer = self._asked.get(message["number"]) if message["asked_by"] == self._name else None
        if answer is not None and not answer.done():
            answer.set_result(message["taken"])

    def _find(self, session_id: int, connection_id: int) -> Socket | None:
        return next((s for s in self._here(session_id) if s.connection_id == connection_id), None)


def _write(socket: Socket, text: bytes) -> bool:
    """False where its reader is behind: the frame is not written then."""
    if socket.closing is not None or socket.transport.waiting() > CALM:
        return False
    return socket.put(Payload([text]))


def _exists(session_id: int, connection_id: int) -> bool:
    return Connection.objects.filter(pk=connection_id, session_id=session_id).exists()
