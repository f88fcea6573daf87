"""Members within the campaign's page."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from game.campaign.models import Membership
from game.roles import Role
from tests.lobby.admin.conftest import Group


def save(browser: Client, group: Group, *new: dict[str, Any], **changes: dict[str, Any]) -> Any:
    """Save the campaign's page, with `changes` to members by the last part of their name, and new ones."""
    rows: list[dict[str, Any]] = []
    for member in group.campaign.memberships.all():
        row = {"id": member.pk, "campaign": group.campaign.pk, "role": member.role}
        if member.banned:
            row["banned"] = "on"
        rows.append(row | changes.get(member.user.username.split("-")[-1], {}))
    fields: dict[str, Any] = {
        "name": group.campaign.name,
        "memberships-TOTAL_FORMS": len(rows) + len(new),
        "memberships-INITIAL_FORMS": len(rows),
    }
    for place, row in enumerate([*rows, *new]):
        fields |= {f"memberships-{place}-{name}": value for name, value in row.items()}
    return browser.post(f"/admin/game/campaign/{group.campaign.pk}/change/", fields)


def test_a_dm_adds_nobody_without_an_invitation(dm: Client, own: Group) -> None:
    User.objects.create_user("Friend")

    save(dm, own, {"username": "Friend", "role": "spectator"})

    assert own.campaign.memberships.count() == 2


def test_a_member_is_added_by_the_exact_name(superuser: Client, own: Group) -> None:
    friend = User.objects.create_user("Friend")

    response = save(superuser, own, {"username": "Friend", "role": "spectator"})

    assert response.status_code == 302
    assert own.member(friend).role == Role.SPECTATOR


@pytest.mark.parametrize("name", ["Frien", "nobody", "", "%", "own-player"])
def test_a_name_that_does_not_fit_is_refused(superuser: Client, own: Group, name: str) -> None:
    User.objects.create_user("Friend")

    response = save(superuser, own, {"username": name, "role": "dm"})

    assert response.status_code == 200
    assert own.campaign.memberships.count() == 2


def test_nobody_is_added_twice_at_once(superuser: Client, own: Group) -> None:
    User.objects.create_user("Friend")

    response = save(superuser, own, {"username": "Friend", "role": "dm"}, {"username": "friend", "role": "player"})

    assert "added twice" in response.content.decode()


def test_a_member_is_promoted_banned_and_removed(dm: Client, own: Group) -> None:
    save(dm, own, player={"role": "dm"})
    assert own.member(own.player).role == Role.DM

    save(dm, own, player={"banned": "on"})
    assert own.member(own.player).banned

    save(dm, own, player={"DELETE": "on"})
    assert not Membership.objects.filter(campaign=own.campaign, user=own.player).exists()


@pytest.mark.parametrize("change", [{"role": "player"}, {"banned": "on"}, {"DELETE": "on"}])
def test_the_last_dm_stays(dm: Client, own: Group, change: dict[str, str]) -> None:
    response = save(dm, own, dm=change)

    assert "needs a Dungeon Master" in response.content.decode()
    assert own.member(own.dm).role == Role.DM
    assert not own.member(own.dm).banned


def test_a_dm_steps_down_in_favour_of_another(dm: Client, own: Group) -> None:
    response = save(dm, own, dm={"role": "player"}, player={"role": "dm"})

    assert response.status_code == 302
    assert own.member(own.player).role == Role.DM
    assert dm.get(f"/admin/game/campaign/{own.campaign.pk}/change/").status_code in {302, 403}


def test_a_member_is_not_exchanged_for_somebody_else(dm: Client, own: Group, other: Group) -> None:
    save(dm, own, player={"username": "foreign-dm", "role": "spectator"})

    assert own.member(own.player).role == Role.SPECTATOR
    assert not Membership.objects.filter(campaign=own.campaign, user=other.dm).exists()


def test_a_membership_of_another_campaign_is_not_reached_by_its_id(dm: Client, own: Group, other: Group) -> None:
    stranger = other.member(other.player)

    response = save(dm, own, player={"id": stranger.pk, "role": "dm"})

    assert response.status_code == 200
    stranger.refresh_from_db()
    assert stranger.role == Role.PLAYER


def test_nobody_becomes_dm_elsewhere(dm: Client, own: Group, other: Group) -> None:
    save(dm, other, {"username": own.dm.username, "role": "dm"})
    assert not Membership.objects.filter(campaign=other.campaign, user=own.dm).exists()

    save(dm, own, player={"campaign": other.campaign.pk, "role": "dm"})
    assert not Membership.objects.filter(campaign=other.campaign, user=own.player).exists()


def test_the_campaigns_own_fields_are_saved(dm: Client, own: Group) -> None:
    own.campaign.name = "Renamed"

    save(dm, own)

    own.campaign.refresh_from_db()
    assert own.campaign.name == "Renamed"
    assert not own.campaign.allows_reported_rolls
