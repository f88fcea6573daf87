"""What somebody who comes late pays for a long log, on PostgreSQL, which plans by itself."""

from collections.abc import Callable

from tests.support.table import Rooms

LENGTH = 20_000  # events, the last narration at their beginning
TIMES = 20  # a statement is prepared at the 6th time, and planned for any value at the 11th at the earliest
READ = """
import asyncio

from django.db import connection
from django.db.transaction import atomic
from game.engine.log.storage import SessionRow
from game.engine.readers import read
from game.engine.seats import Member
from game.engine.snapshot import read_states, snapshot
from game.roles import Role

def fill():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO game_logentry (session_id, seq, event, data, created_at)"
            " SELECT %s, 1000 + n, CASE n WHEN 1 THEN 'dm_narration' ELSE 'chat_message' END, '{{}}', now()"
            " FROM generate_series(1, {length}) AS n", [{session}])
        cursor.execute("ANALYZE game_logentry")

@atomic
def rows_read():
    row = SessionRow({session}, 1, 10**6, "", 1, 1, False)
    for _ in range({times}):
        shown = snapshot(row.id, row.seq, Member(1, Role.DM), read_states(row))
        assert b'"narration":{{' in bytes(shown)
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables"
                       " WHERE relname = 'game_logentry'")
        return cursor.fetchone()[0]

fill()
print(asyncio.run(read(rows_read)))
"""


def test_a_snapshot_reads_no_more_than_it_shows_however_often_it_was_taken(
    rooms_on: Callable[[str], Rooms],
) -> None:
    room = rooms_on("uvicorn-postgres-redis").take()

    rows = int(room.server.shell(READ.format(session=room.session, length=LENGTH, times=TIMES)))

    assert TIMES <= rows <= TIMES * 60
