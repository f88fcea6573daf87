"""`GET /ws/room/{session_id}/info`."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from game.campaign.models import Character
from game.engine.models import Connection, ServerLease
from tests.engine.rest.conftest import Table

Api = Callable[[User | None], APIClient]
OPENED = datetime(2026, 1, 15, 10, 0, tzinfo=UTC)


def sit_down(table: Table, name: str, character: Character | None = None) -> None:
    """A socket of the user in the room, as presence notes it."""
    server, _ = ServerLease.objects.get_or_create(defaults={"expires_at": datetime.now(UTC) + timedelta(hours=1)})
    Connection.objects.create(
        server=server,
        session=table.session,
        user=table.users[name],
        character=character,
        connected_at=OPENED,
    )
    table.session.opened_at = table.session.opened_at or OPENED
    table.session.save(update_fields=["opened_at"])


@pytest.mark.parametrize("ending", ["", "/"])
def test_an_empty_room(api: Api, table: Table, ending: str) -> None:
    response = api(table.users["carol"]).get(f"/ws/room/{table.session.pk}/info{ending}")

    assert response.status_code == 200
    assert response.json() == {
        "session_id": table.session.pk,
        "campaign_id": table.session.campaign_id,
        "players": [],
        "player_count": 0,
        "created_at": None,
    }


def test_who_is_in_the_room(api: Api, table: Table) -> None:
    alice = table.users["alice"]
    wren = Character.objects.create(campaign=table.session.campaign, owner=alice, name="Wren")
    sit_down(table, "dm")
    sit_down(table, "alice")
    sit_down(table, "alice", wren)

    room = api(table.users["bob"]).get(f"/ws/room/{table.session.pk}/info").json()

    assert room["player_count"] == 2
    assert room["created_at"] == "2026-01-15T10:00:00Z"
    assert [player["username"] for player in room["players"]] == ["dm", "alice"]
    seated = room["players"][1]
    assert seated.pop("connected_at").endswith("Z")
    assert seated == {
        "user_id": alice.pk,
        "username": "alice",
        "display_name": "alice",
        "character_id": wren.pk,
        "character_name": "Wren",
        "colour": 4,
        "is_dm": False,
        "role": "player",
    }


def test_the_session_cookie_opens_it_too(client: Client, table: Table) -> None:
    client.force_login(table.users["alice"])

    assert client.get(f"/ws/room/{table.session.pk}/info").status_code == 200
