"""Macros in the admin: shared ones, and the user's own."""

from django.test import Client

from game.macros.models import Macro
from tests.lobby.admin.conftest import Group
from tests.lobby.admin.test_scope import change_url


def test_what_a_player_keeps_is_not_the_dms(dm: Client, own: Group) -> None:
    kept = Macro.objects.create(campaign=own.campaign, owner=own.player, name="A secret plan", text="/selfroll 1d20")

    assert "A secret plan" not in dm.get("/admin/game/macro/").content.decode()
    assert "A secret plan" not in dm.get("/admin/game/macro/?q=secret").content.decode()
    assert dm.get(change_url("macro", kept.pk)).status_code in {302, 403}
    dm.post("/admin/game/macro/", {"action": "delete_selected", "_selected_action": kept.pk, "post": "yes"})
    assert Macro.objects.filter(pk=kept.pk).exists()


def test_a_shared_one_is_mended_within_the_limits(dm: Client, own: Group) -> None:
    address = change_url("macro", own.macro.pk)

    refused = dm.post(address, {"name": "Too much", "text": "\n".join("abcdef"), "shared": "on"})
    taken = dm.post(address, {"name": "Initiative", "text": "/roll 1d20+2", "shared": "on"})

    assert "at most 5 lines" in refused.content.decode()
    assert taken.status_code == 302
    own.macro.refresh_from_db()
    assert (own.macro.name, own.macro.text, own.macro.owner) == ("Initiative", "/roll 1d20+2", own.dm)


def test_none_is_made_here(dm: Client, own: Group) -> None:
    assert dm.get("/admin/game/macro/add/").status_code == 403
