"""Who may see an event is decided in memory and in the database; the two must agree."""

import json
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from game.engine.log.audience import restored, stored, visible
from game.engine.log.frame import Frame
from game.engine.models import LogEntry, Session
from game.engine.seats import Member
from game.protocol import DMS, EVERYBODY, Audience, merged
from game.roles import Role
from tests.engine.table import lay

# Ids that contain one another as text.
IDS = (1, 2, 11, 12, 21, 111, 112, 211, 1111, 2**62)
audiences = st.builds(
    Audience, st.none() | st.sampled_from(Role.values), st.lists(st.sampled_from(IDS), max_size=4).map(tuple)
)
cuts = st.none() | st.lists(audiences, min_size=1, max_size=4)


def frame(*audiences: Audience) -> Frame:
    """An event with a cut for each of these: the nth says n."""
    further = json.dumps([{"n": n} for n in range(1, len(audiences))])
    return Frame.stored(1, "e", '{"n":0}', stored(audiences), further)


def seen(shown: bytes | None) -> int | None:
    """Which cut a frame is of."""
    return None if shown is None else int(json.loads(shown)["data"]["n"])


@pytest.fixture
def session(db: None) -> Session:
    return lay()[0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(cuts, min_size=1, max_size=8))
def test_the_database_shows_just_what_the_room_sends(session: Session, said: list[list[Audience] | None]) -> None:
    LogEntry.objects.all().delete()
    LogEntry.objects.bulk_create(
        LogEntry(session=session, seq=n, event="e", data="{}", audience=stored(a), created_at=timezone.now())
        for n, a in enumerate(said, 1)
    )

    for user_id in IDS:
        for role in Role:
            found = visible(LogEntry.objects.filter(session=session), user_id, role).order_by("seq")
            sent = [n for n, a in enumerate(said, 1) if a is None or frame(*a).shown(Member(user_id, role)) is not None]
            assert list(found.values_list("seq", flat=True)) == sent


@given(st.lists(audiences, min_size=1, max_size=4))
@example([DMS, Audience(None, (7,))])
def test_everybody_sees_the_first_cut_that_includes_them(audiences: list[Audience]) -> None:
    event = frame(*audiences)

    for user_id in IDS:
        for role in Role:
            theirs = [n for n, audience in enumerate(audiences) if audience.includes(user_id, role)]
            assert seen(event.shown(Member(user_id, role))) == next(iter(theirs), None)


@given(st.lists(st.tuples(audiences, st.sampled_from([b"a", b"b"])), min_size=1, max_size=5))
def test_merged_cuts_show_everybody_the_same(parts: list[tuple[Audience, bytes]]) -> None:
    def sees(cuts: Any, user_id: int, role: Role) -> bytes | None:
        return next((data for audience, data in cuts if audience.includes(user_id, role)), None)

    for user_id in IDS:
        for role in Role:
            assert sees(merged(parts), user_id, role) == sees(parts, user_id, role)


def test_what_is_for_everybody_is_stored_without_an_audience() -> None:
    assert restored(stored(None)) is None


def test_a_role_is_the_least_that_sees_it() -> None:
    audience = Audience("player", (7,))

    assert audience.includes(1, Role.DM)
    assert audience.includes(1, Role.PLAYER)
    assert not audience.includes(1, Role.SPECTATOR)
    assert audience.includes(7, Role.SPECTATOR)


def test_an_audience_of_users_is_for_them_alone() -> None:
    assert not Audience(None, (7,)).includes(1, Role.DM)
    assert EVERYBODY.includes(1, Role.SPECTATOR)


def test_an_audience_from_before_there_were_cuts_is_understood() -> None:
    audience = restored('{"role":"dm","users":[7],"veiled":[]}')

    assert audience is not None
    assert [audience.cut_of(7, Role.PLAYER), audience.cut_of(1, Role.DM), audience.cut_of(1, Role.PLAYER)] == [
        0,
        0,
        None,
    ]
