"""Who may see an event is decided in memory and in the database; the two must agree."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.audience import Audience, restored, stored, visible
from game.models import LogEntry, Session
from game.roles import Role
from tests.engine.table import lay

# Ids that contain one another as text.
IDS = (1, 2, 11, 12, 21, 111, 112, 211, 1111, 2**62)
audiences = st.none() | st.builds(
    Audience, st.none() | st.sampled_from(Role.values), st.lists(st.sampled_from(IDS), max_size=4).map(tuple)
)


@pytest.fixture
def session(db: None) -> Session:
    return lay()[0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(audiences, min_size=1, max_size=8))
def test_the_database_shows_just_what_the_room_sends(session: Session, said: list[Audience | None]) -> None:
    LogEntry.objects.all().delete()
    LogEntry.objects.bulk_create(
        LogEntry(session=session, seq=n, event="e", data="{}", audience=stored(a), created_at=timezone.now())
        for n, a in enumerate(said, 1)
    )

    for user_id in IDS:
        for role in Role:
            seen = visible(LogEntry.objects.filter(session=session), user_id, role).order_by("seq")
            sent = [n for n, a in enumerate(said, 1) if a is None or a.includes(user_id, role)]
            assert list(seen.values_list("seq", flat=True)) == sent


@given(audiences)
def test_an_audience_comes_back_from_the_log_as_it_was(audience: Audience | None) -> None:
    assert restored(stored(audience)) == audience


def test_a_role_is_the_least_that_sees_it() -> None:
    audience = Audience("player", (7,))

    assert audience.includes(1, Role.DM)
    assert audience.includes(1, Role.PLAYER)
    assert not audience.includes(1, Role.SPECTATOR)
    assert audience.includes(7, Role.SPECTATOR)


def test_a_whisper_is_for_those_named_alone() -> None:
    assert not Audience(None, (7,)).includes(1, Role.DM)
