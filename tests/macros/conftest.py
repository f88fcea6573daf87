"""Those at the table, at the addresses of their macros and hotbars."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from game.campaign.models import Character
from tests.engine.rest.conftest import Table, api, table, unthrottled

__all__ = ["api", "table", "unthrottled"]

Api = Callable[[User | None], APIClient]
SWORD = {"name": "Longsword", "text": "/roll 1d20+5"}


class Somebody:
    """A member with their client, at the addresses of one campaign."""

    def __init__(self, client: APIClient, campaign_id: int) -> None:
        self.client = client
        self.home = f"/api/campaigns/{campaign_id}"

    def makes(self, **fields: Any) -> Any:
        """Post a macro."""
        return self._sends(self.client.post, "macros/", SWORD | fields)

    def changes(self, macro_id: int, **fields: Any) -> Any:
        """Patch a macro."""
        return self._sends(self.client.patch, f"macros/{macro_id}/", fields)

    def deletes(self, macro_id: int) -> Any:
        """Delete a macro."""
        return self.client.delete(f"{self.home}/macros/{macro_id}/")

    def lays(self, slots: Any, **options: Any) -> Any:
        """Patch the hotbar."""
        return self._sends(self.client.patch, "hotbar/", {"slots": slots, **options})

    def sees(self) -> Any:
        """All macros and bars."""
        response = self.client.get(f"{self.home}/macros/")
        assert response.status_code == 200, response.content
        return response.json()

    def reads(self) -> list[str]:
        """The names of the macros."""
        return [macro["name"] for macro in self.sees()["results"]]

    def _sends(self, send: Callable[..., Any], address: str, body: object) -> Any:
        # Escaped, as half a pair of surrogates can be sent no other way.
        return send(f"{self.home}/{address}", json.dumps(body), content_type="application/json")


@pytest.fixture
def people(table: Table, api: Api) -> dict[str, Somebody]:
    """Everybody at the table, by name."""
    return {name: Somebody(api(user), table.session.campaign_id) for name, user in table.users.items()}


def character(table: Table, name: str) -> Character:
    """One of this member's own."""
    return Character.objects.create(campaign=table.session.campaign, owner=table.users[name], name=f"{name}'s")
