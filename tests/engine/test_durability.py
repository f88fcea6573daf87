"""What SQLite's log may have lost, and how it is kept from losing more."""

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from game import durability
from game.durability import Canary, Sqlite
from game.models import Session
from game.reading import read
from tests.engine.table import Table, lay, until
from tests.support.waiting import until as patiently


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


def pages_waiting(folder: Path) -> int:
    """Frames of the write-ahead log that are not in the database's file yet."""
    connection = sqlite3.connect(folder)
    try:
        _busy, log, done = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        return int(log - done)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_checkpoint_carries_the_log_over_while_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durability, "CHECKPOINT", 0.01)
    carried: list[Any] = []
    checkpoint = Sqlite._checkpoint

    def watched(self: Sqlite, connection: sqlite3.Connection) -> None:
        checkpoint(self, connection)
        carried.append(self._seen)

    monkeypatch.setattr(Sqlite, "_checkpoint", watched)
    keeper = Sqlite(database())
    session = a_log_of(1)
    main = database().stat().st_mtime_ns

    patiently(lambda: database().stat().st_mtime_ns > main, "carried over")
    keeper.close()

    assert len(set(carried)) > 1
    assert session.seq == 1


@pytest.mark.django_db(transaction=True)
def test_a_close_empties_the_write_ahead_log() -> None:
    keeper = Sqlite(database())
    a_log_of(1)
    wal = database().with_name(f"{database().name}-wal")
    assert wal.stat().st_size > 0

    keeper.close()

    assert wal.stat().st_size == 0


async def test_what_is_said_is_counted_and_survives_a_stop(table: Table) -> None:
    alice = await table.sit("alice")
    keeper = table.engine.durability
    assert isinstance(keeper, Sqlite)
    before = keeper._entries

    await alice.said("chat_message", message="one")
    await asyncio.gather(*(alice.said("chat_message", message="more") for _ in range(3)))
    await until(lambda: keeper._entries == before + 4, "counted")

    assert durability._entries is not None
    assert await read(durability._entries) == keeper._entries
