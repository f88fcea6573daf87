"""The few statements of the writer that every event pays for, in each database's fastest form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.transaction import TransactionManagementError, atomic


@dataclass(slots=True)
class SessionRow:
    """A session under the batch's lock. The batch moves `seq` and `presence_version`; both are written back."""

    id: int
    campaign_id: int
    seq: int
    epoch: str
    acl_version: int
    presence_version: int
    ended: bool
    dirty: bool = False


@dataclass(slots=True)
class Entry:
    """An event on its way into the log."""

    session_id: int
    seq: int
    event: str
    data: bytes
    audience: str | None
    author_id: int | None
    command_id: str | None
    cuts: str | None = None  # the data of further cuts, a JSON list
    personal: Sequence[tuple[str | None, bytes]] = ()  # frames that follow it for some; not stored


CommandKey = tuple[int, int, str]  # session id, author id, the author's own key

_COLUMNS = "id, campaign_id, seq, epoch, acl_version, presence_version, ended_at IS NOT NULL"
_LOG = "session_id, seq, event, data, audience, cuts, author_id, command_id, created_at"


class Storage(Protocol):
    """What the writer needs of a database; called inside `transaction` on the writer's thread."""

    def open(self) -> None:
        """Prepare the writer's thread, before its first statement."""

    def transaction(self) -> AbstractContextManager[None]:
        """An outermost transaction, like Django's `atomic`; blocks of those inside it are savepoints."""

    def now(self) -> datetime:
        """The database's clock."""

    def lock(self, session_ids: Iterable[int]) -> tuple[dict[int, SessionRow], datetime]:
        """Lock the sessions in id order and read them, unknown ids being absent; and the time once they are locked."""

    def known(self, keys: list[CommandKey]) -> dict[CommandKey, int]:
        """The seq of each command that was carried out before."""

    def append(self, entries: list[Entry], rows: list[SessionRow], now: datetime) -> None:
        """Write the entries and the rows that moved."""

    def holds(self, entry: Entry, now: datetime) -> bool:
        """Whether the log holds just this entry, written by the batch of that moment."""


class SqliteStorage:
    """SQLite: its IMMEDIATE transaction is the lock, and statements are cheap.

    A thread that has slept pays for each call several times what it costs in a row, so that a batch of one goes to the
    driver's connection below Django's: cursors, and the search for the thread's connection at each use of
    `django.db.connection`, would take longer than SQLite does.
    """

    def __init__(self) -> None:
        self._django = connections[DEFAULT_DB_ALIAS]  # of the thread that this is made on, and for it alone

    def open(self) -> None:
        """See Storage."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See Storage."""
        django = self._django
        django.ensure_connection()
        with django.wrap_database_errors:
            django.connection.execute("BEGIN IMMEDIATE")
        django.autocommit, django.in_atomic_block = False, True
        try:
            yield
            if django.needs_rollback:
                raise TransactionManagementError("a block inside failed, and nobody took it back")
            with django.wrap_database_errors:
                django.connection.execute("COMMIT")
        except BaseException:
            django.run_on_commit = []
            with django.wrap_database_errors:
                django.connection.rollback()
            raise
        finally:
            django.autocommit, django.in_atomic_block = True, False
            django.needs_rollback = False
        if django.run_on_commit:
            django.run_and_clear_commit_hooks()

    def now(self) -> datetime:
        """The machine's clock, since the file is on it."""
        return datetime.now(UTC)

    def lock(self, session_ids: Iterable[int]) -> tuple[dict[int, SessionRow], datetime]:
        """See Storage."""
        ids = list(session_ids)
        marks = ",".join("?" * len(ids))
        with self._django.wrap_database_errors:
            rows = self._django.connection.execute(
                f"SELECT {_COLUMNS} FROM game_session WHERE id IN ({marks})",  # noqa: S608  (constants)
                ids,
            )
            return {row[0]: SessionRow(*row) for row in rows}, self.now()

    def known(self, keys: list[CommandKey]) -> dict[CommandKey, int]:
        """See Storage."""
        found = {}
        with self._django.wrap_database_errors:
            for key in keys:
                row = self._django.connection.execute(
                    "SELECT seq FROM game_logentry WHERE session_id = ? AND author_id = ? AND command_id = ?", key
                ).fetchone()
                if row:
                    found[key] = row[0]
        return found

    def append(self, entries: list[Entry], rows: list[SessionRow], now: datetime) -> None:
        """See Storage."""
        stamp = now.isoformat(" ", "microseconds")[:26]  # as Django writes it
        with self._django.wrap_database_errors:
            if entries:
                self._django.connection.executemany(
                    f"INSERT INTO game_logentry ({_LOG}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  (constants)
                    [
                        (
                            e.session_id,
                            e.seq,
                            e.event,
                            e.data.decode(),
                            e.audience,
                            e.cuts,
                            e.author_id,
                            e.command_id,
                            stamp,
                        )
                        for e in entries
                    ],
                )
            self._django.connection.executemany(
                "UPDATE game_session SET seq = ?, presence_version = ? WHERE id = ?",
                [(row.seq, row.presence_version, row.id) for row in rows],
            )

    def holds(self, entry: Entry, now: datetime) -> bool:
        """See Storage."""
        return _holds(entry, now)


PATIENCE = {"lock_timeout": "3s", "idle_in_transaction_session_timeout": "2s"}


@contextmanager
def _bounded() -> Iterator[None]:
    """A transaction that bounds itself: behind a pooler the next one may be on another connection."""
    with atomic():
        with connection.cursor() as cursor:
            for name, value in PATIENCE.items():
                cursor.execute(f"SET LOCAL {name} = '{value}'")
        yield


class PostgresStorage:
    """PostgreSQL: one round trip a statement, whatever the number of rows."""

    def open(self) -> None:
        """Bound what one batch may wait for a lock, and what a process stopped amid its own lets others wait."""
        # This thread's connection alone: a migration may take its time.
        own_connection(**PATIENCE)

    def transaction(self) -> AbstractContextManager[None]:
        """See Storage."""
        return _bounded() if settings.PGBOUNCER else atomic()

    def now(self) -> datetime:
        """The database's clock: machines may disagree."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            now: datetime = cursor.fetchone()[0]
            return now

    def lock(self, session_ids: Iterable[int]) -> tuple[dict[int, SessionRow], datetime]:
        """See Storage. The clock is read as each row comes out of the inner query, which is when it is locked."""
        with connection.cursor() as cursor:
            cursor.execute(
                "WITH locked AS MATERIALIZED"  # noqa: S608  (a constant)
                f" (SELECT {_COLUMNS} FROM game_session WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE)"
                " SELECT locked.*, clock_timestamp() FROM locked",
                [sorted(session_ids)],
            )
            found = cursor.fetchall()
        return {row[0]: SessionRow(*row[:-1]) for row in found}, found[-1][-1] if found else self.now()

    def known(self, keys: list[CommandKey]) -> dict[CommandKey, int]:
        """See Storage."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT session_id, author_id, command_id, seq FROM game_logentry"
                " JOIN unnest(%s::bigint[], %s::bigint[], %s::text[]) AS k(s, a, c)"
                " ON session_id = k.s AND author_id = k.a AND command_id = k.c",
                _columns(keys, 3),
            )
            return {(s, a, c): seq for s, a, c, seq in cursor.fetchall()}

    def append(self, entries: list[Entry], rows: list[SessionRow], now: datetime) -> None:
        """See Storage."""
        moved = (
            "UPDATE game_session SET seq = v.seq, presence_version = v.presence"
            " FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS v(id, seq, presence)"
            " WHERE game_session.id = v.id"
        )
        where_to = _columns([(row.id, row.seq, row.presence_version) for row in rows], 3)
        with connection.cursor() as cursor:
            if not entries:
                cursor.execute(moved, where_to)
                return
            values = [
                (e.session_id, e.seq, e.event, e.data.decode(), e.audience, e.cuts, e.author_id, e.command_id)
                for e in entries
            ]
            cursor.execute(
                f"WITH said AS (INSERT INTO game_logentry ({_LOG}) SELECT *, %s FROM unnest(%s::bigint[], %s::bigint[],"  # noqa: S608  (a constant)
                f" %s::text[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[])) {moved}",
                [now, *_columns(values, 8), *where_to],
            )

    def holds(self, entry: Entry, now: datetime) -> bool:
        """See Storage."""
        return _holds(entry, now)


def _holds(entry: Entry, now: datetime) -> bool:
    from game.engine.models import LogEntry

    return LogEntry.objects.filter(
        session_id=entry.session_id, seq=entry.seq, author_id=entry.author_id, created_at=now, data=entry.data.decode()
    ).exists()


def _columns(rows: list[Any], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]


def own_connection(**parameters: str) -> None:
    """Keep a connection for this thread, beside the pool for requests: the game does not wait for pages.

    `parameters` are PostgreSQL's; behind a pooler there are none.
    """
    options = {name: value for name, value in connection.settings_dict["OPTIONS"].items() if name != "pool"}
    if connection.vendor == "postgresql" and not settings.PGBOUNCER:  # what recurs, and all play does, is parsed once
        given = "".join(f" -c {name}={value}" for name, value in parameters.items())
        options |= {
            "server_side_binding": True,
            "prepare_threshold": 5,
            "options": f"{options.get('options', '')}{given}",
        }
    connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}


def reading_connection() -> None:
    """A separate one, for queries: each is planned for its values, since a plan for any cannot use a partial index."""
    own_connection(plan_cache_mode="force_custom_plan")


def storage() -> Storage:
    """The one for the configured database."""
    return PostgresStorage() if connection.vendor == "postgresql" else SqliteStorage()
