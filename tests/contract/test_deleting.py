"""Deleting a session with a long log in the admin: a short page, and no other table waits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from tests.support.table import Rooms
from tests.support.web import Browser, Response

ENTRIES = 100_000
PASSWORD = "a long pass phrase of the owner's"
FILL = """
from django.utils import timezone
from accounts.models import User
from game.engine.models import LogEntry, Session

User.objects.create_superuser("owner", password={password!r})
Session.objects.filter(pk={session}).update(seq={entries})
for first in range(1, {entries} + 1, 5_000):
    LogEntry.objects.bulk_create(
        LogEntry(session_id={session}, seq=seq, event="chat_message", data='{{"message":"' + "x" * 80 + '"}}',
                 created_at=timezone.now())
        for seq in range(first, first + 5_000)
    )
"""
WAIT = """
import time
from game.engine.models import LogEntry

while LogEntry.objects.filter(session={session}).exists():
    time.sleep(0.1)
"""
LONGEST_WAIT = 1.0  # seconds


async def test_nobody_waits_while_a_long_log_is_deleted(rooms_on: Callable[[str], Rooms]) -> None:
    rooms = rooms_on("uvicorn-sqlite")
    doomed = rooms.take()
    rooms.server.shell(FILL.format(session=doomed.session, entries=ENTRIES, password=PASSWORD))
    owner = Browser(rooms.server.port)
    owner.sign_in("owner", PASSWORD)
    address = f"/admin/game/session/{doomed.session}/delete/"

    def delete() -> Response:
        """Until nothing of the log is left."""
        answer = owner.submit(address, post="yes")
        rooms.server.shell(WAIT.format(session=doomed.session))
        return answer

    page = owner.get(address)
    async with rooms.take() as table:
        alice = await table.sit("alice")
        deleting = asyncio.create_task(asyncio.to_thread(delete))
        waits = []
        while not deleting.done():
            begun = time.monotonic()
            await alice.sends_acked("chat_message", {"message": "Does it stutter?"})
            waits.append(time.monotonic() - begun)
            await asyncio.sleep(0.15)  # below the limit of ten a second
        answer = await deleting

    assert len(page.body) < 20_000
    assert b"100,000" in page.body or b"100000" in page.body
    assert answer.status == 302
    assert len(waits) > 2
    assert max(waits) < LONGEST_WAIT
