"""Reads beside the writer: a few threads with connections of their own, so that no query stalls the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connections

from game.engine.log.storage import reading_connection

P = ParamSpec("P")
T = TypeVar("T")

AWAY = (OperationalError, InterfaceError)  # the database does not answer

_readers = ThreadPoolExecutor(4, "rollscape-reader", reading_connection)


async def read(query: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `query` returns, run on a reader's thread. One whose connection went away is run again on a new one."""

    def run() -> T:
        try:
            return query(*args, **kwargs)
        except AWAY:
            connections.close_all()
            return query(*args, **kwargs)

    return await asyncio.get_running_loop().run_in_executor(_readers, run)
