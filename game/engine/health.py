"""Probes for monitoring: is the server alive, and can it serve players?"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

from channels.layers import get_channel_layer
from django.db import connections, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from game.engine.log.storage import reading_connection
from game.engine.models import ServerLease
from game.engine.process import is_draining

PATIENCE = 2.0  # seconds until silence counts as failure
FRESH = 1.0  # seconds that a commit speaks for the next ones
_committed = float("-inf")

# One thread of its own: however long a dead database keeps it waiting, nothing else waits with it.
_thread = ThreadPoolExecutor(1, "readyz", reading_connection)


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nobody else."""
    return HttpResponse("ok\n", content_type="text/plain")


async def readyz(request: HttpRequest) -> JsonResponse:
    """Database and channel layer answer: 200; else, or when it is about to stop, 503. `failed` names what does not."""
    checks: dict[str, Callable[[], Awaitable[bool]]] = {"database": _database, "channel_layer": _channel_layer}
    answers = await asyncio.gather(*(_answers(check) for check in checks.values()))
    failed = [name for name, answer in zip(checks, answers, strict=True) if not answer]
    if is_draining():
        failed.append("stopping")
    return JsonResponse({"failed": failed}, status=503 if failed else 200)


async def _answers(check: Callable[[], Awaitable[bool]]) -> bool:
    try:
        return await asyncio.wait_for(check(), PATIENCE)
    except Exception:  # noqa: BLE001  (whatever it was, it did not answer)
        return False


async def _channel_layer() -> bool:
    return bool(await get_channel_layer().answers())


async def _database() -> bool:
    global _committed
    if time.monotonic() - _committed > FRESH:
        await asyncio.get_running_loop().run_in_executor(_thread, _commits)
        _committed = time.monotonic()
    return True


def _commits() -> None:
    """Write and take it back: reading alone tells nothing of a full disk or somebody else's lock, and SQLite does not
    write what stands there already."""
    try:
        with transaction.atomic():
            ServerLease.objects.create(expires_at=timezone.now()).delete()
    finally:
        connections.close_all()
