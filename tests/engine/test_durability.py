"""What SQLite's log may have lost, and how it is kept from losing more."""

import asyncio
import os
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from game.engine.log import durability
from game.engine.log.durability import Canary, Sqlite
from game.engine.models import Session
from game.engine.readers import read
from tests.engine.table import Table, lay
from tests.support.waiting import until

PAGE = 4096  # bytes


class Machine:
    """A database's folder on a machine that can be booted again."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = folder / "log.canary"
        self.boot_id = folder / "boot_id"
        monkeypatch.setattr(durability, "BOOT_ID", self.boot_id)
        self.boot("first")

    def boot(self, name: str) -> None:
        self.boot_id.write_text(f"{name}\n")

    def canary(self) -> Canary:
        return Canary(self.path)

    def killed_at(self, entries: int) -> None:
        """A server that saw so many entries and was killed; its page of memory stays."""
        canary = self.canary()
        canary.note(entries)
        canary._page.close()

    def closed_at(self, entries: int) -> None:
        """A server that was stopped in order."""
        self.canary().close(entries)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


def test_a_killed_server_has_lost_nothing(machine: Machine) -> None:
    machine.killed_at(10)

    assert not machine.canary().may_have_lost(10)
    assert not machine.canary().may_have_lost(11)  # committed, and not yet noted


def test_fewer_entries_than_were_seen_are_a_loss(machine: Machine) -> None:
    machine.killed_at(10)

    assert machine.canary().may_have_lost(9)


def test_after_another_boot_the_end_may_be_lost(machine: Machine) -> None:
    machine.killed_at(10)
    machine.boot("second")

    assert machine.canary().may_have_lost(10)


def test_whatever_was_closed_in_order_outlives_a_boot(machine: Machine) -> None:
    machine.closed_at(10)
    machine.boot("second")

    assert not machine.canary().may_have_lost(10)
    assert machine.canary().may_have_lost(9)


def test_after_a_new_start_the_order_of_the_last_close_counts_no_more(machine: Machine) -> None:
    machine.closed_at(10)
    machine.killed_at(12)
    machine.boot("second")

    assert machine.canary().may_have_lost(12)


def test_a_database_without_a_canary_is_from_elsewhere(machine: Machine) -> None:
    assert machine.canary().may_have_lost(1_000_000)


def test_a_torn_canary_counts_as_none(machine: Machine) -> None:
    machine.path.write_bytes(b"")

    assert machine.canary().may_have_lost(1_000_000)


def test_where_no_boot_is_known_only_order_helps(machine: Machine) -> None:
    machine.boot_id.unlink()
    machine.killed_at(10)
    assert machine.canary().may_have_lost(10)

    machine.closed_at(10)
    assert not machine.canary().may_have_lost(10)


# The database --------------------------------------------------------------------------------------


def database() -> Path:
    return Path(settings.DATABASES["default"]["NAME"])


def wal() -> Path:
    """The write-ahead log."""
    return database().with_name(f"{database().name}-wal")


def epoch(session: Session) -> str:
    session.refresh_from_db()
    return session.epoch


def a_log_of(entries: int) -> Session:
    session = lay()[0]
    Session.objects.filter(pk=session.pk).update(seq=entries)
    session.refresh_from_db()
    return session


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_gets_a_new_epoch_and_a_kept_log_does_not() -> None:
    session = a_log_of(10)
    Sqlite(database()).close()
    session.refresh_from_db()
    before = session.epoch

    Sqlite(database()).close()
    assert epoch(session) == before

    Session.objects.filter(pk=session.pk).update(seq=9)
    Sqlite(database()).close()
    assert epoch(session) != before


@pytest.mark.django_db(transaction=True)
def test_the_canary_counts_what_the_writer_commits() -> None:
    session = a_log_of(10)
    Sqlite(database()).close()
    before = epoch(session)
    keeper = Sqlite(database())

    keeper.committed(3)
    keeper.close()
    Sqlite(database()).close()  # as many as before, but three more were seen

    assert epoch(session) != before


def seq_without_its_log(copy: Path, session: Session) -> int | None:
    """What the database's file has of the session even when its write-ahead log is lost; None: nothing."""
    shutil.copy(database(), copy)
    with closing(sqlite3.connect(copy)) as connection:
        try:
            row = connection.execute("SELECT seq FROM game_session WHERE id = ?", [session.pk]).fetchone()
        except sqlite3.DatabaseError:  # copied in the middle of the checkpoint
            return None
    return row and int(row[0])


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_carried_over_while_the_server_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = a_log_of(1)
    assert seq_without_its_log(tmp_path / "before", session) is None
    monkeypatch.setattr(durability, "CHECKPOINT", 0.01)

    keeper = Sqlite(database())
    until(lambda: seq_without_its_log(tmp_path / "after", session) == 1, "carried over")
    keeper.close()


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_in_the_same_tick_of_the_clock_is_carried_over_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durability, "CHECKPOINT", 0.2)
    monkeypatch.setattr(durability, "TICK", 60 * 10**9)
    session = a_log_of(1)
    with closing(Sqlite(database())):
        until(lambda: seq_without_its_log(tmp_path / "first", session) == 1, "the first one is carried over")

        written = wal().stat().st_mtime_ns
        Session.objects.filter(pk=session.pk).update(seq=2)
        os.utime(wal(), ns=(written, written))

        until(lambda: seq_without_its_log(tmp_path / "second", session) == 2, "the second one is carried over")


def connect() -> sqlite3.Connection:
    return sqlite3.connect(database(), timeout=10, isolation_level=None, check_same_thread=False)


def read_until(stopped: threading.Event) -> None:
    """Somebody always reads, and never for long: each begins before the other ends."""
    with closing(connect()) as one, closing(connect()) as other:
        while not stopped.is_set():
            for reader in (one, other):
                if reader.in_transaction:
                    reader.execute("COMMIT")
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM game_session").fetchone()


@pytest.mark.django_db(transaction=True)
def test_while_all_read_and_write_without_a_pause_the_write_ahead_log_starts_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(durability, "CHECKPOINT", 0.01)
    monkeypatch.setattr(durability, "MAX_WAL", 50)
    session, size = a_log_of(1), wal().stat().st_size
    keeper, stopped, commits = Sqlite(database()), threading.Event(), 0
    readers = [threading.Thread(target=read_until, args=(stopped,)) for _ in range(3)]
    for reader in readers:
        reader.start()

    try:
        with closing(connect()) as writer:
            while size >= commits * PAGE / 4:  # each commit writes a page at least
                writer.execute("UPDATE game_session SET seq = seq + 1 WHERE id = ?", [session.pk])
                commits += 1
                keeper.committed(1)
                size = wal().stat().st_size
                assert commits < 50_000, f"it grew to {size:,} bytes"
    finally:
        stopped.set()
        for reader in readers:
            reader.join()
        keeper.close()


@pytest.mark.django_db(transaction=True)
def test_while_a_backup_reads_nobody_waits_for_the_write_ahead_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durability, "CHECKPOINT", 0.01)
    monkeypatch.setattr(durability, "MAX_WAL", 50)
    session, longest = a_log_of(1), 0.0

    with closing(Sqlite(database())) as keeper, closing(connect()) as backup, closing(connect()) as writer:
        backup.execute("BEGIN")
        backup.execute("SELECT count(*) FROM game_session").fetchone()
        for _ in range(300):
            time.sleep(0.002)  # a load that lets others write now and then
            began = time.monotonic()
            writer.execute("UPDATE game_session SET seq = seq + 1 WHERE id = ?", [session.pk])
            keeper.committed(1)
            longest = max(longest, time.monotonic() - began)

    assert wal().stat().st_size == 0, "carried over in the end"
    assert longest < 5, "it waited until SQLite gave up"


@pytest.mark.django_db(transaction=True)
def test_a_close_empties_the_write_ahead_log() -> None:
    keeper = Sqlite(database())
    a_log_of(1)
    assert wal().stat().st_size > 0

    keeper.close()

    assert wal().stat().st_size == 0


async def test_what_is_said_is_counted_and_survives_a_stop(table: Table) -> None:
    alice = await table.sit("alice")
    keeper = table.engine.durability
    assert isinstance(keeper, Sqlite)
    before = keeper._entries

    await alice.said("chat_message", message="one")
    await asyncio.gather(*(alice.said("chat_message", message="more") for _ in range(3)))

    assert keeper._entries == before + 4 == await read(durability._entries)
