"""What is deleted is gone at once, and leaves the database without making anybody wait."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from game.campaign.invitations import accept_invitation, invite
from game.campaign.models import Campaign, Character, Invitation, Membership
from game.engine.models import Connection, LogEntry, Session
from game.engine.readers import read
from game.errors import NotFound
from game.macros.models import HotbarSlot, Macro
from game.roles import Role
from game.roll_tables.models import RollTable, RollTableRow
from game.sessions import deletion
from tests.engine.table import Table
from tests.lobby.conftest import Group
from tests.support.waiting import soon


def write_log(session: Session, lines: int) -> None:
    now = timezone.now()
    LogEntry.objects.bulk_create(
        LogEntry(session=session, seq=seq, event="chat_message", data="{}", created_at=now)
        for seq in range(1, lines + 1)
    )
    Session.objects.filter(pk=session.pk).update(seq=lines)


def fill(group: Group) -> None:
    """Something of each kind that hangs on a campaign."""
    write_log(group.session, 3)
    macro = Macro.objects.create(campaign=group.campaign, owner=group.users["player"], name="Sneak", text="/roll 1d20")
    HotbarSlot.objects.create(macro=macro, membership=group.members["player"], key=1)
    weather = RollTable.objects.create(campaign=group.campaign, name="Weather")
    omens = RollTable.objects.create(campaign=group.campaign, name="Omens")
    RollTableRow.objects.create(table=weather, weight=1, text="Rain", leads_to=omens, position=1)


@pytest.mark.django_db(transaction=True)
def test_with_a_campaign_goes_all_that_hangs_on_it_and_nothing_else(group: Group) -> None:
    fill(group)
    other = Campaign.objects.create(name="Six Roads")
    session = Session.objects.create(campaign=other, title="Mud")
    write_log(session, 2)

    deletion.delete_campaign(group.campaign.pk)
    deletion.remove_beside().join()

    left = (Campaign, Session, Membership, Character, Invitation, Macro, HotbarSlot, RollTable, RollTableRow)
    assert [model.objects.count() for model in left] == [1, 1, 0, 0, 0, 0, 0, 0, 0]
    assert list(LogEntry.objects.values_list("session_id", flat=True)) == [session.pk] * 2


@pytest.mark.django_db(transaction=True)
def test_with_a_session_goes_its_log_and_nothing_else(group: Group) -> None:
    fill(group)
    kept = Session.objects.create(campaign=group.campaign, title="The second lamp")
    write_log(kept, 2)

    deletion.delete_session(group.session.pk)
    deletion.remove_beside().join()

    assert list(Session.objects.all()) == [kept]
    assert list(Campaign.objects.all()) == [group.campaign]
    assert LogEntry.objects.count() == 2
    assert group.campaign.memberships.count() == len(group.members)


def test_it_is_gone_before_it_is_removed(group: Group) -> None:
    token = invite(group.users["dm"], group.campaign.pk, Role.PLAYER, None, None)

    deletion.delete_campaign(group.campaign.pk)

    assert group.browser("player").get(group.page).status_code == 404
    assert group.browser("player").get(f"/play/{group.session.pk}/").status_code == 404
    assert "The Salt Road" not in group.browser("player").get("/lobby/").content.decode()
    with pytest.raises(NotFound):
        accept_invitation(group.users["stranger"], token)


def test_a_deleted_session_is_gone_before_it_is_removed(group: Group) -> None:
    deletion.delete_session(group.session.pk)

    assert group.browser("player").get(f"/play/{group.session.pk}/").status_code == 404
    assert "The first lamp" not in group.browser("player").get(group.page).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_long_log_is_removed_in_portions_with_time_for_others_between(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_log(group.session, 2 * deletion.PORTION + 1)
    rests: list[float] = []
    monkeypatch.setattr(time, "sleep", rests.append)
    monkeypatch.setattr(deletion, "remove_beside", lambda: None)
    deletion.delete_session(group.session.pk)

    with CaptureQueriesContext(connection) as queries:
        deletion.remove(Campaign.objects.exclude(deleted_at=None).get())

    table = LogEntry._meta.db_table
    removals = [q["sql"] for q in queries if q["sql"].startswith(f'DELETE FROM "{table}"')]  # noqa: S608  (a test of statements)
    sizes = [sql.partition(" IN (")[2].count(",") + 1 for sql in removals]
    assert sizes[:3] == [deletion.PORTION, deletion.PORTION, 1]
    assert len(rests) == 2
    assert min(rests) >= deletion.LEAST_REST
    assert not LogEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_a_stop_left_is_gone_on_with(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    write_log(group.session, deletion.PORTION)
    with monkeypatch.context() as stopped:
        stopped.setattr(deletion, "remove_beside", lambda: None)
        deletion.delete_campaign(group.campaign.pk)
    assert LogEntry.objects.count() == deletion.PORTION

    deletion.remove_beside().join()

    assert not LogEntry.objects.exists()
    assert not Campaign.objects.exists()


async def test_the_table_of_a_deleted_session_closes(table: Table) -> None:
    alice = await table.sit("alice")

    await read(deletion.delete_session, table.session.pk)
    closed = await alice.is_closed()
    alice.depart()
    await soon_gone(table)

    assert closed.name == "NOT_FOUND"


async def soon_gone(table: Table) -> None:
    """The thread beside has removed it."""
    await soon(lambda: not _exists(table.session.pk), "removed")


def _exists(session_id: int) -> bool:
    return Session.objects.filter(pk=session_id).exists() or Connection.objects.exists()
