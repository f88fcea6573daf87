"""A campaign and a session by REST: read by members, changed by DMs."""

from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from accounts.tokens import access_token
from tests.lobby.conftest import Group

READ = {"anonymous": 401, "stranger": 404, "banned": 404, "spectator": 200, "player": 200, "dm": 200}
CHANGE = {"anonymous": 401, "stranger": 404, "banned": 404, "spectator": 403, "player": 403, "dm": 200}


@pytest.fixture(autouse=True)
def unthrottled() -> None:
    cache.clear()


def client(group: Group, who: str) -> APIClient:
    api = APIClient()
    if who != "anonymous":
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token(group.users[who])}")
    return api


def addresses(group: Group) -> list[str]:
    return [f"/api/campaigns/{group.campaign.pk}/", f"/api/sessions/{group.session.pk}/"]


def patch(group: Group, address: str, data: Any, who: str = "dm") -> Any:
    return client(group, who).patch(address, data, format="json")


@pytest.mark.parametrize("kind", [0, 1], ids=["campaign", "session"])
def test_members_read_and_dms_change(group: Group, kind: int) -> None:
    address = addresses(group)[kind]

    assert {who: client(group, who).get(address).status_code for who in READ} == READ
    assert {who: patch(group, address, {"name": "Six Roads"}, who).status_code for who in CHANGE} == CHANGE


def test_a_campaign(group: Group) -> None:
    assert client(group, "player").get(addresses(group)[0]).json() == {
        "id": group.campaign.pk,
        "name": "The Salt Road",
        "description": "Lamps go out.",
        "archived": False,
        "settings": {"allows_reported_rolls": True},
    }


def test_a_session(group: Group) -> None:
    assert client(group, "player").get(addresses(group)[1]).json() == {
        "id": group.session.pk,
        "campaign_id": group.campaign.pk,
        "name": "The first lamp",
        "archived": False,
        "ended": False,
        "settings": {},
    }


@pytest.mark.parametrize("kind", [0, 1], ids=["campaign", "session"])
def test_what_is_named_is_changed_and_the_rest_stays(group: Group, kind: int) -> None:
    address = addresses(group)[kind]
    before = client(group, "dm").get(address).json()

    renamed = patch(group, address, {"name": "Six Roads"}).json()
    archived = patch(group, address, {"archived": True}).json()
    back = patch(group, address, {"archived": False, "unknown": 1}).json()

    assert renamed == back == before | {"name": "Six Roads"}
    assert archived == renamed | {"archived": True}
    assert client(group, "player").get(address).json() == back


def test_a_setting_is_changed(group: Group) -> None:
    answer = patch(group, addresses(group)[0], {"settings": {"allows_reported_rolls": False}})

    group.campaign.refresh_from_db()
    assert answer.json()["settings"] == {"allows_reported_rolls": False}
    assert not group.campaign.allows_reported_rolls
    assert group.campaign.name == "The Salt Road"


@pytest.mark.parametrize("kind", [0, 1], ids=["campaign", "session"])
@pytest.mark.parametrize(
    "data", [{"name": ""}, {"name": "\u3164"}, {"name": "x" * 121}, {"archived": "perhaps"}, {"settings": 1}, []]
)
def test_nonsense_changes_nothing(group: Group, kind: int, data: Any) -> None:
    address = addresses(group)[kind]
    before = client(group, "dm").get(address).json()

    assert patch(group, address, data).status_code == 400
    assert client(group, "dm").get(address).json() == before
