"""Campaigns, their members, characters and sessions, as their DM and players change them."""

import pytest

from game.campaign.membership import change_role, leave_campaign
from game.campaign.models import Campaign, Character, Membership
from game.engine.models import Session
from game.errors import Conflict, Forbidden
from game.roles import Role
from game.sessions import ending
from tests.lobby.conftest import Group


def role_of(group: Group, name: str) -> str | None:
    found = Membership.objects.filter(campaign=group.campaign, user=group.users[name]).first()
    return found.role if found else None


def change(group: Group, who: str, action: str, whom: str, **data: str) -> str:
    """What the page says after this person did that."""
    url = f"{group.page}members/{group.members[whom].pk}/{action}/"
    return group.browser(who).post(url, data, follow=True).content.decode()


def test_who_starts_a_campaign_is_its_dm(group: Group) -> None:
    answer = group.browser("stranger").post("/lobby/", {"name": "Six Roads", "description": "Mud."})

    campaign = Campaign.objects.get(name="Six Roads")
    assert answer["Location"] == f"/campaigns/{campaign.pk}/"
    assert campaign.memberships.get().role == Role.DM


@pytest.mark.parametrize("name", ["", "   ", "\u3164", "a\u202eb", "x" * 121])
def test_a_campaign_has_a_name_to_read(group: Group, name: str) -> None:
    group.browser("dm").post("/lobby/", {"name": name})

    assert Campaign.objects.count() == 1


def test_a_dm_edits_the_campaign(group: Group) -> None:
    group.browser("dm").post(f"{group.page}edit/", {"name": "The Sugar Road", "description": ""})

    group.campaign.refresh_from_db()
    assert group.campaign.name == "The Sugar Road"
    assert not group.campaign.allows_reported_rolls


def test_a_dm_gives_roles(group: Group) -> None:
    change(group, "dm", "role", "player", role="dm")

    assert role_of(group, "player") == Role.DM


def test_there_are_no_other_roles(group: Group) -> None:
    page = change(group, "dm", "role", "player", role="emperor")

    assert "There is no such role." in page
    assert role_of(group, "player") == Role.PLAYER


@pytest.mark.parametrize("action", ["role", "remove", "ban"])
def test_the_last_dm_stays(group: Group, action: str) -> None:
    page = change(group, "dm", action, "dm", role="player")

    assert "needs a Dungeon Master" in page
    membership = Membership.objects.get(pk=group.members["dm"].pk)
    assert (membership.role, membership.banned) == (Role.DM, False)


def test_a_banned_dm_does_not_count_as_one(group: Group) -> None:
    Membership.objects.filter(pk=group.members["banned"].pk).update(role=Role.DM)

    with pytest.raises(Conflict):
        leave_campaign(group.users["dm"], group.campaign.pk)


@pytest.mark.parametrize("action", ["role", "remove", "ban"])
def test_one_of_two_dms_may_go(group: Group, action: str) -> None:
    change(group, "dm", "role", "player", role="dm")

    change(group, "dm", action, "dm", role="player")

    assert not Membership.objects.filter(pk=group.members["dm"].pk, role=Role.DM, banned=False).exists()


def test_a_dm_who_was_demoted_can_no_longer_demote(group: Group) -> None:
    change(group, "dm", "role", "player", role="dm")
    change(group, "player", "role", "dm", role="player")

    with pytest.raises(Forbidden):
        change_role(group.users["dm"], group.campaign.pk, group.members["player"].pk, Role.PLAYER)


def test_who_is_removed_is_out_and_who_is_banned_stays_listed(group: Group) -> None:
    change(group, "dm", "remove", "other")
    page = change(group, "dm", "ban", "player")

    assert role_of(group, "other") is None
    assert Membership.objects.get(pk=group.members["player"].pk).banned
    assert "Banned" in page
    assert group.browser("player").get(group.page).status_code == 404


def test_a_ban_can_be_lifted(group: Group) -> None:
    change(group, "dm", "unban", "banned")

    assert group.browser("banned").get(group.page).status_code == 200


def test_members_leave_of_their_own_accord(group: Group) -> None:
    answer = group.browser("player").post(f"{group.page}leave/")

    assert answer["Location"] == "/lobby/"
    assert role_of(group, "player") is None


def test_a_player_makes_changes_and_deletes_a_character(group: Group) -> None:
    browser = group.browser("other")

    browser.post(f"{group.page}characters/new/", {"name": "Tobin", "colour": "#6fc7f2"})
    made = Character.objects.get(name="Tobin")
    assert (made.owner, made.campaign, made.colour) == (group.users["other"], group.campaign, "#6fc7f2")

    browser.post(f"{group.page}characters/{made.pk}/", {"name": "Tobias", "colour": "#a7c87e"})
    made.refresh_from_db()
    assert (made.name, made.colour) == ("Tobias", "#a7c87e")

    browser.post(f"{group.page}characters/{made.pk}/delete/")
    assert not Character.objects.filter(pk=made.pk).exists()


def test_a_character_stays_its_owners_when_the_dm_changes_it(group: Group) -> None:
    url = f"{group.page}characters/{group.character.pk}/"
    group.browser("dm").post(url, {"name": "Wren the Grey", "colour": "#a7c87e", "owner": group.users["dm"].pk})

    group.character.refresh_from_db()
    assert (group.character.name, group.character.owner) == ("Wren the Grey", group.users["player"])


@pytest.mark.parametrize(
    "data",
    [
        {"name": "", "colour": "#a7c87e"},
        {"name": "\u200b", "colour": "#a7c87e"},
        {"name": "A", "colour": "red"},
        {"name": "A", "colour": "#123456"},
        {"name": "A"},
    ],
)
def test_a_character_has_a_name_and_a_colour(group: Group, data: dict[str, str]) -> None:
    answer = group.browser("player").post(f"{group.page}characters/new/", data)

    assert answer.status_code == 200
    assert Character.objects.count() == 1


def test_a_dm_opens_ends_and_reopens_a_session(group: Group) -> None:
    browser = group.browser("dm")
    browser.post(f"{group.page}sessions/", {"title": "The second lamp"})
    opened = Session.objects.get(title="The second lamp")
    assert opened.campaign == group.campaign

    browser.post(f"{group.page}sessions/{opened.pk}/end/")
    opened.refresh_from_db()
    assert opened.ended_at is not None

    browser.post(f"{group.page}sessions/{opened.pk}/reopen/")
    opened.refresh_from_db()
    assert opened.ended_at is None


def test_the_lobby_offers_open_sessions_only(group: Group) -> None:
    link = f'href="/play/{group.session.pk}/"'
    assert link in group.browser("player").get("/lobby/").content.decode()

    ending.end(group.session.pk)

    assert link not in group.browser("player").get("/lobby/").content.decode()
