"""Who may see an event is decided in memory and in the database; the two must agree."""

import json

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from game.engine.log.audience import Audience, restored, shown, stored, visible
from game.engine.models import LogEntry, Session
from game.protocol import frame_text
from game.roles import Role
from tests.engine.table import lay

# Ids that contain one another as text.
IDS = (1, 2, 11, 12, 21, 111, 112, 211, 1111, 2**62)
ids = st.lists(st.sampled_from(IDS), max_size=4).map(tuple)
audiences = (
    st.none()
    | st.builds(Audience, st.none() | st.sampled_from(Role.values), ids)
    | st.builds(Audience, st.sampled_from(Role.values), ids, ids)
)
ROLL = {"formula": "1d20[1,2]", "visibility": "blind"}
WHO = dict.fromkeys(("user_id", "character_id", "colour"), 1) | dict.fromkeys(
    ("username", "display_name", "character_name", "connected_at"), ""
)
SAID = {"player": WHO | {"is_dm": False, "role": "player"}, "timestamp": ""}
WHOLE = frame_text("dice_roll", json.dumps({**SAID, "roll": ROLL | {"result": 7, "rolls": [7]}}).encode(), 1)


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
            sent = [n for n, a in enumerate(said, 1) if shown(WHOLE, a, user_id, role) is not None]
            assert list(seen.values_list("seq", flat=True)) == sent


@given(audiences)
@example(Audience("dm", (), (7,)))
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


def test_what_is_veiled_keeps_nothing_but_its_veil() -> None:
    audience = Audience("dm", (), (7,))

    assert shown(WHOLE, audience, 1, Role.DM) == WHOLE
    assert shown(WHOLE, audience, 7, Role.DM) == WHOLE
    assert shown(WHOLE, audience, 1, Role.PLAYER) is None
    veiled = json.loads(shown(WHOLE, audience, 7, Role.PLAYER) or b"")
    assert veiled == {"event": "dice_roll", "data": {**SAID, "roll": ROLL}, "seq": 1}


def test_an_event_without_a_veil_is_hidden_from_whom_it_is_veiled() -> None:
    assert shown(frame_text("chat_message", b"{}", 1), Audience("dm", (), (7,)), 7, Role.PLAYER) is None


def test_what_is_veiled_is_for_a_role() -> None:
    with pytest.raises(ValueError, match="for a role"):
        Audience(None, (1,), (7,))
