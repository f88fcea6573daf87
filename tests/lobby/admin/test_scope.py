"""A DM who is staff sees and touches their own campaigns, and no way leads into another."""

import pytest
from django.test import Client

from accounts.models import User
from game.campaign.models import Character, Membership
from game.engine.models import Session
from game.roles import Role
from tests.lobby.admin.conftest import Group

MODELS = ("campaign", "session", "character", "invitation", "logentry", "macro", "rolltable")


def change_url(model: str, pk: int, view: str = "change") -> str:
    return f"/admin/game/{model}/{pk}/{view}/"


@pytest.mark.parametrize("model", MODELS)
def test_a_list_shows_what_is_ones_own(dm: Client, own: Group, other: Group, model: str) -> None:
    page = dm.get(f"/admin/game/{model}/").content.decode()

    assert f"/{model}/{own.objects()[model].pk}/change/" in page
    assert f"/{model}/{other.objects()[model].pk}/change/" not in page
    assert "foreign" not in page, "a column, a filter or a choice names the other campaign"


@pytest.mark.parametrize("view", ["change", "history", "delete"])
@pytest.mark.parametrize("model", MODELS)
def test_an_address_of_another_campaign_leads_nowhere(
    dm: Client, own: Group, other: Group, model: str, view: str
) -> None:
    unknown = dm.get(change_url(model, 10**6, view))
    strange = dm.get(change_url(model, other.objects()[model].pk, view))
    posted = dm.post(change_url(model, other.objects()[model].pk, view), {"post": "yes"})

    assert strange.status_code == unknown.status_code in {302, 403}
    assert posted.status_code in {302, 403, 405}
    assert type(other.objects()[model])._default_manager.filter(pk=other.objects()[model].pk).exists()


@pytest.mark.parametrize("model", MODELS)
def test_ones_own_can_be_opened(dm: Client, own: Group, model: str) -> None:
    assert dm.get(change_url(model, own.objects()[model].pk)).status_code == 200
    assert dm.get(change_url(model, own.objects()[model].pk, "history")).status_code == 200


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "lookup",
    [
        "memberships__user__password__startswith=a",
        "campaign__memberships__user__password__startswith=a",
        "session__campaign__name__startswith=o",
        "owner__password__startswith=a",
        "author__password__startswith=a",
        "token_hash__startswith=a",
        "invitations__token_hash__startswith=a",
        "audience__isnull=True",
    ],
)
def test_a_list_answers_no_guesses(dm: Client, own: Group, model: str, lookup: str) -> None:
    response = dm.get(f"/admin/game/{model}/?{lookup}")

    assert response.status_code in {302, 400}


@pytest.mark.parametrize(
    ("model", "field"),
    [("character", "owner"), ("character", "campaign"), ("session", "campaign"), ("membership", "user")],
)
def test_autocompletion_names_nobody_else(dm: Client, own: Group, other: Group, model: str, field: str) -> None:
    response = dm.get(f"/admin/autocomplete/?app_label=game&model_name={model}&field_name={field}&term=foreign")

    assert response.status_code == 403 or "foreign" not in response.content.decode()


@pytest.mark.parametrize("model", ["session", "character", "invitation"])
def test_a_form_offers_ones_own(dm: Client, own: Group, other: Group, model: str) -> None:
    page = dm.get(f"/admin/game/{model}/add/").content.decode()

    assert "own campaign" in page
    assert "foreign" not in page


def test_nothing_is_made_in_another_campaign(dm: Client, own: Group, other: Group) -> None:
    session = {"campaign": other.campaign.pk, "title": "Mine now"}
    character = {"campaign": other.campaign.pk, "owner": own.dm.pk, "name": "Mine now", "colour": "#000000"}
    invitation = {"campaign": other.campaign.pk, "role": "dm"}

    for model, fields in (("session", session), ("character", character), ("invitation", invitation)):
        response = dm.post(f"/admin/game/{model}/add/", fields)
        assert "Select a valid choice" in response.content.decode()
    assert not Session.objects.filter(title="Mine now").exists()
    assert not Character.objects.filter(name="Mine now").exists()
    assert other.campaign.invitations.count() == 1


@pytest.mark.parametrize("model", ["session", "character"])
def test_nothing_moves_between_campaigns(dm: Client, own: Group, other: Group, model: str) -> None:
    Membership.objects.create(campaign=other.campaign, user=own.dm, role=Role.DM)  # even where one leads both
    moved = own.objects()[model]

    dm.post(
        change_url(model, moved.pk),
        {"campaign": other.campaign.pk, "title": "Moved", "name": "Moved", "owner": own.player.pk, "colour": "#000000"},
    )

    moved.refresh_from_db()
    assert "Moved" in str(moved)
    assert moved.campaign == own.campaign  # type: ignore[union-attr]


def test_a_character_belongs_to_a_member(dm: Client, own: Group, other: Group) -> None:
    fields = {"campaign": own.campaign.pk, "name": "Stray", "colour": "#000000"}

    refused = dm.post("/admin/game/character/add/", {**fields, "owner": other.player.pk})
    taken = dm.post("/admin/game/character/add/", {**fields, "owner": own.player.pk})

    assert "Select a valid choice" in refused.content.decode()
    assert taken.status_code == 302
    assert Character.objects.get(name="Stray").owner == own.player


def test_a_character_of_one_campaign_is_not_given_to_a_member_of_another(dm: Client, own: Group, other: Group) -> None:
    Membership.objects.create(campaign=other.campaign, user=own.dm, role=Role.DM)
    fields = {"campaign": own.campaign.pk, "owner": other.player.pk, "name": "Stray", "colour": "#000000"}

    added = dm.post("/admin/game/character/add/", fields)
    changed = dm.post(change_url("character", own.character.pk), fields)

    assert "is not a member of the campaign" in added.content.decode()
    assert "Select a valid choice" in changed.content.decode()


@pytest.mark.parametrize("standing", ["player", "banned", "not staff", "inactive"])
def test_only_a_dm_in_good_standing_gets_in(dm: Client, own: Group, standing: str) -> None:
    if standing == "player":
        Membership.objects.filter(user=own.dm).update(role=Role.PLAYER)
    elif standing == "banned":
        Membership.objects.filter(user=own.dm).update(banned=True)
    else:
        User.objects.filter(pk=own.dm.pk).update(**{"is_staff" if standing == "not staff" else "is_active": False})

    assert dm.get("/admin/game/campaign/").status_code in {302, 403}
    assert dm.get(change_url("campaign", own.campaign.pk)).status_code in {302, 403}


def test_users_are_for_superusers(dm: Client, own: Group) -> None:
    for address in ("", "add/", f"{own.player.pk}/change/", f"{own.player.pk}/password/"):
        assert dm.get(f"/admin/accounts/user/{address}").status_code == 403
    assert "/admin/accounts/" not in dm.get("/admin/").content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_a_superuser_sees_all(superuser: Client, own: Group, other: Group, model: str) -> None:
    page = superuser.get(f"/admin/game/{model}/").content.decode()

    for group in (own, other):
        assert f"/{model}/{group.objects()[model].pk}/change/" in page
        assert superuser.get(change_url(model, group.objects()[model].pk)).status_code == 200
