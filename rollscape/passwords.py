"""Requests that have a password hashed: bounded by address, and few at a time, before they cost a thread."""

from __future__ import annotations

import asyncio
import re
from contextlib import AsyncExitStack
from http import HTTPStatus
from weakref import WeakValueDictionary

from django.conf import settings

from accounts.households import household
from accounts.limits import Limit
from rollscape.edge import Application, Message, Receive, Scope, Send, refuse

HASHES = re.compile(r"/(sign-in|sign-up|api/token|admin/login|profile/password|password-reset/.+)/?")
AT_ONCE, OF_ONE_ADDRESS = 16, 4  # requests
PATIENCE = 10.0  # seconds that one waits for its turn
SLOWED = 1.0  # seconds that the answer to one too many takes
TOO_OFTEN = "Your network is sending too many passwords. Please try again in a moment."
BUSY = "The server is busy checking passwords. Please try again in a moment."


class PasswordDoor:
    """An ASGI application before Django's."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._tries = Limit("passwords", settings.TRIES, 60)
        self._everybody = asyncio.Semaphore(AT_ONCE)
        self._households: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let it in when it is its turn."""
        if scope["method"] != "POST" or not HASHES.fullmatch(scope["path"]):
            await self._application(scope, receive, send)
            return
        body = await _whole(receive)
        address = household((scope.get("client") or ("",))[0])
        wait = self._tries.take(address)
        if wait:
            await asyncio.sleep(SLOWED)  # so that trying again at once is no use
            await refuse(scope, send, HTTPStatus.TOO_MANY_REQUESTS, TOO_OFTEN, retry_after=max(1, round(wait)))
            return
        async with AsyncExitStack() as turn:
            try:
                async with asyncio.timeout(PATIENCE):
                    await turn.enter_async_context(self._household(address))
                    await turn.enter_async_context(self._everybody)
            except TimeoutError:
                await refuse(scope, send, HTTPStatus.SERVICE_UNAVAILABLE, BUSY, retry_after=round(PATIENCE))
                return
            await self._application(scope, _replayed(body, receive), send)

    def _household(self, address: str) -> asyncio.Semaphore:
        semaphore = self._households.get(address)
        if semaphore is None:
            semaphore = self._households[address] = asyncio.Semaphore(OF_ONE_ADDRESS if settings.TRIES else AT_ONCE)
        return semaphore


async def _whole(receive: Receive) -> list[Message]:
    """All pieces of the body: who sends it slowly must not keep others waiting."""
    pieces = [await receive()]
    while pieces[-1].get("more_body", False):
        pieces.append(await receive())
    return pieces


def _replayed(pieces: list[Message], receive: Receive) -> Receive:
    """What came, then what comes."""

    async def replay() -> Message:
        return pieces.pop(0) if pieces else await receive()

    return replay
