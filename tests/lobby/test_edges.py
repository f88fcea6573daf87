"""The edges of a campaign's life: renaming, archiving, deleting, leaving; and a session's."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from game.campaign.invitations import accept_invitation, invite, token_hash
from game.campaign.models import Campaign, Invitation, Membership
from game.engine.models import Session
from game.errors import NotFound
from game.roles import Role
from game.roll_tables.models import RollTable, RollTableRow
from game.sessions import deletion
from tests.lobby.conftest import Group
from tests.lobby.test_lobby import sits_down, text_of, writes


@pytest.fixture(autouse=True)
def stays_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is deleted is removed in tests/sessions/test_deletion.py."""
    monkeypatch.setattr(deletion, "remove_beside", lambda: None)


def session_page(group: Group) -> str:
    return f"{group.page}sessions/{group.session.pk}/"


# Names and the archive -----------------------------------------------------------------------


def test_a_session_is_renamed(group: Group) -> None:
    Session.objects.filter(pk=group.session.pk).update(seq=7)

    group.browser("dm").post(session_page(group), {"title": "The last lamp"})

    group.session.refresh_from_db()
    assert (group.session.title, group.session.seq) == ("The last lamp", 7)


def test_an_archived_campaign_is_listed_apart_and_still_works(group: Group) -> None:
    group.browser("dm").post(f"{group.page}archive/", {"archived": "on"})

    lobby = text_of(group.browser("player").get("/lobby/"))
    assert "1 archived campaign" in lobby
    assert "Ready when you are" not in lobby
    assert group.browser("player").get(group.page).status_code == 200
    assert group.browser("player").get(f"/play/{group.session.pk}/").status_code == 200

    group.browser("dm").post(f"{group.page}archive/")

    lobby = text_of(group.browser("player").get("/lobby/"))
    assert "archived" not in lobby
    assert "Ready when you are The first lamp" in lobby


def test_an_archived_session_is_listed_apart_and_is_not_the_next(group: Group) -> None:
    group.browser("dm").post(f"{session_page(group)}archive/", {"archived": "on"})

    page = group.browser("player").get(group.page).content.decode()
    assert "1 archived session" in page
    assert page.index('id="archived-sessions"') < page.index("The first lamp")
    assert "Ready when you are" not in text_of(group.browser("player").get("/lobby/"))

    group.browser("dm").post(f"{session_page(group)}archive/")

    assert "archived session" not in text_of(group.browser("player").get(group.page))


# Deleting ------------------------------------------------------------------------------------


def test_before_a_campaign_is_deleted_the_page_says_what_goes(group: Group) -> None:
    Session.objects.create(campaign=group.campaign, title="The second lamp")
    Session.objects.filter(pk=group.session.pk).update(seq=1204)

    page = text_of(group.browser("dm").get(f"{group.page}delete/"))

    assert "2 sessions, with 1,204 log entries 1 character the membership of 4 people" in page
    assert "roll table" not in page


def test_before_a_session_is_deleted_the_page_says_what_goes(group: Group) -> None:
    writes(group.session, "chat_message")
    sits_down(group.session, group.users["player"])

    page = text_of(group.browser("dm").get(f"{session_page(group)}delete/"))

    assert "Its log, with 1 entry. Its table, which closes for 1 person." in page


@pytest.mark.parametrize("name", ["", "the salt road", "The Salt Roads", "The first lamp"])
def test_a_campaign_is_not_deleted_by_another_name(group: Group, name: str) -> None:
    answer = group.browser("dm").post(f"{group.page}delete/", {"name": name})

    assert answer.status_code == 400
    assert group.browser("player").get(group.page).status_code == 200


def test_a_campaign_is_deleted_by_its_name(group: Group) -> None:
    browser = group.browser("dm")

    answer = browser.post(f"{group.page}delete/", {"name": " The Salt Road "}, follow=True)

    assert "The Salt Road was deleted." in text_of(answer)
    for who in ("dm", "player", "spectator"):
        assert group.browser(who).get(group.page).status_code == 404


def test_a_session_is_deleted_by_its_name(group: Group) -> None:
    browser = group.browser("dm")

    assert browser.post(f"{session_page(group)}delete/", {"name": "Another"}).status_code == 400
    answer = browser.post(f"{session_page(group)}delete/", {"name": "The first lamp"}, follow=True)

    assert "The first lamp was deleted. " in text_of(answer)
    assert not group.campaign.sessions.exists()


def test_what_is_deleted_is_nowhere_in_a_superusers_admin_either(group: Group) -> None:
    deletion.delete_campaign(group.campaign.pk)
    root = group.users["stranger"]
    root.is_staff = root.is_superuser = True
    root.save()

    assert "The Salt Road" not in group.browser("stranger").get("/admin/game/campaign/").content.decode()


# Leaving -------------------------------------------------------------------------------------


def role_of(group: Group, name: str) -> str | None:
    found = Membership.objects.filter(campaign=group.campaign, user=group.users[name]).first()
    return found.role if found else None


def test_a_sole_dm_hands_over_and_leaves_in_one_step(group: Group) -> None:
    browser = group.browser("dm")
    page = browser.get(group.page).content.decode()
    choices = re.findall(r'<option value="(\d+)">(\w+)</option>', page.partition('id="successor"')[2])

    answer = browser.post(f"{group.page}leave/", {"successor": group.members["player"].pk})

    assert [name for _, name in choices] == ["other", "player", "spectator"]
    assert answer["Location"] == "/lobby/"
    assert (role_of(group, "dm"), role_of(group, "player")) == (None, Role.DM)


@pytest.mark.parametrize("successor", ["", "nonsense", "banned", "dm", "0"])
def test_a_sole_dm_leaves_to_nobody_else(group: Group, successor: str) -> None:
    key = group.members[successor].pk if successor in group.members else successor

    group.browser("dm").post(f"{group.page}leave/", {"successor": key})

    assert role_of(group, "dm") == Role.DM
    assert Membership.objects.get(pk=group.members["banned"].pk).role == Role.PLAYER


def test_players_hand_nothing_over(group: Group) -> None:
    answer = group.browser("player").post(f"{group.page}leave/", {"successor": group.members["other"].pk})

    assert answer.status_code == 403
    assert (role_of(group, "player"), role_of(group, "other")) == (Role.PLAYER, Role.PLAYER)


def test_who_is_alone_is_shown_the_settings(group: Group) -> None:
    Membership.objects.exclude(user=group.users["dm"]).delete()

    page = text_of(group.browser("dm").get(group.page))

    assert "You are the only member." in page
    assert "Yes, leave" not in page


# Ending --------------------------------------------------------------------------------------


def test_ending_a_session_asks_and_says_how_many_are_there(group: Group) -> None:
    for name in ("dm", "player"):
        sits_down(group.session, group.users[name])
    browser = group.browser("dm")

    page = browser.get(f"{session_page(group)}end/")
    group.session.refresh_from_db()

    assert "2 people are at the table now." in text_of(page)
    assert group.session.ended_at is None
    assert f'href="{session_page(group)}end/"' in browser.get(group.page).content.decode()


# Invitations ---------------------------------------------------------------------------------


def test_a_link_is_made_anew_and_the_old_one_dies(group: Group) -> None:
    end = timezone.now() + timedelta(days=3)
    old = invite(group.users["dm"], group.campaign.pk, Role.SPECTATOR, end, 5)
    invitation = Invitation.objects.get()

    page = group.browser("dm").post(f"{group.page}invitations/{invitation.pk}/renew/")

    shown = re.search(r"/join/([\w-]{22})/", page.content.decode())
    assert shown
    invitation.refresh_from_db()
    assert (invitation.token_hash, invitation.role, invitation.max_uses) == (token_hash(shown[1]), Role.SPECTATOR, 5)
    assert invitation.expires_at == end
    assert "no-store" in page["Cache-Control"]
    with pytest.raises(NotFound):
        accept_invitation(group.users["stranger"], old)
    assert accept_invitation(group.users["stranger"], shown[1])[1]


def test_a_renewed_link_is_the_renewers(group: Group) -> None:
    invite(group.users["dm"], group.campaign.pk, Role.PLAYER, None, None)
    Membership.objects.filter(pk=group.members["player"].pk).update(role=Role.DM)

    group.browser("player").post(f"{group.page}invitations/{Invitation.objects.get().pk}/renew/")
    group.browser("dm").post(f"{group.page}leave/")

    assert Invitation.objects.get().revoked_at is None


def test_a_revoked_link_is_not_made_anew(group: Group) -> None:
    invite(group.users["dm"], group.campaign.pk, Role.PLAYER, None, None)
    Invitation.objects.update(revoked_at=timezone.now())

    assert group.browser("dm").post(f"{group.page}invitations/{Invitation.objects.get().pk}/renew/").status_code == 404


# What the pages say --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Session 1", "The Salt Road"),
        ("session 1: the lamp", "The Salt Road"),
        ("Session 12", "Session 1 of The Salt Road"),
        ("The first lamp", "Session 1 of The Salt Road"),
    ],
)
def test_the_lobby_does_not_say_a_sessions_number_twice(group: Group, title: str, place: str) -> None:
    Session.objects.update(title=title)

    assert f"{title} {place} Join the table" in text_of(group.browser("player").get("/lobby/"))


def test_a_dms_page_lists_the_roll_tables(group: Group) -> None:
    weather = RollTable.objects.create(campaign=group.campaign, name="Weather")
    RollTableRow.objects.create(table=weather, text="Rain")

    assert "Weather 1 row" in text_of(group.browser("dm").get(group.page))
    assert "Weather" not in text_of(group.browser("player").get(group.page))


# Live pages ----------------------------------------------------------------------------------


@pytest.fixture
def unthrottled() -> None:
    cache.clear()


def version_of(page: str) -> str:
    found = re.search(r'data-version="(\w+)"', page)
    assert found
    return found[1]


@pytest.mark.usefixtures("unthrottled")
@pytest.mark.parametrize("address", ["/lobby/", "{page}"])
def test_a_page_is_served_anew_only_when_it_changed(group: Group, address: str) -> None:
    browser, url = group.browser("player"), address.format(page=group.page)
    version = version_of(browser.get(url).content.decode())

    same = browser.get(url, headers={"If-None-Match": f'"{version}"'})
    sits_down(group.session, group.users["dm"])
    Session.objects.update(presence_version=1)
    anew = browser.get(url, headers={"If-None-Match": f'"{version}"'})

    assert (same.status_code, same.content) == (304, b"")
    assert anew.status_code == 200
    assert "dm is at the table now" in text_of(anew)
    assert version_of(anew.content.decode()) != version


@pytest.mark.usefixtures("unthrottled")
def test_what_changes_on_the_pages_changes_their_version(group: Group) -> None:
    pages = [("player", "/lobby/"), ("player", group.page), ("dm", group.page)]

    def versions() -> list[str]:
        return [version_of(group.browser(who).get(url).content.decode()) for who, url in pages]

    before = versions()
    invite(group.users["dm"], group.campaign.pk, Role.PLAYER, None, None)
    invited = versions()
    Session.objects.create(campaign=group.campaign, title="The second lamp")
    opened = versions()
    group.campaign.characters.create(owner=group.users["player"], name="Tobin")
    named = versions()
    Membership.objects.create(campaign=group.campaign, user=group.users["stranger"])
    joined = versions()

    assert [a == b for a, b in zip(before, invited, strict=True)] == [True, True, False]
    for earlier, later in ((invited, opened), (opened, named), (named, joined)):
        assert all(a != b for a, b in zip(earlier, later, strict=True))


@pytest.mark.usefixtures("unthrottled")
def test_a_script_takes_no_message_from_its_reader(group: Group) -> None:
    browser = group.browser("dm")
    browser.post(f"{group.page}sessions/", {"title": "The second lamp"})

    asked = browser.get(group.page, headers={"If-None-Match": '"another"'})

    assert "is ready. Join the table" not in asked.content.decode()
    assert "is ready. Join the table" in browser.get(group.page).content.decode()


@pytest.mark.usefixtures("unthrottled")
def test_who_was_removed_is_told_nothing_more(group: Group) -> None:
    browser = group.browser("player")
    version = version_of(browser.get(group.page).content.decode())
    group.members["player"].delete()

    assert browser.get(group.page, headers={"If-None-Match": f'"{version}"'}).status_code == 404


@pytest.mark.usefixtures("unthrottled")
def test_a_script_that_asks_too_often_is_told_to_wait(group: Group) -> None:
    browser = group.browser("player")
    version = version_of(browser.get("/lobby/").content.decode())

    answers = [browser.get("/lobby/", headers={"If-None-Match": f'"{version}"'}) for _ in range(121)]

    assert {answer.status_code for answer in answers[:-1]} == {304}
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert browser.get("/lobby/").status_code == 200


def test_deleting_one_campaign_leaves_the_others(group: Group) -> None:
    other = Campaign.objects.create(name="Six Roads")
    Membership.objects.create(campaign=other, user=group.users["player"])

    deletion.delete_campaign(group.campaign.pk)

    lobby = text_of(group.browser("player").get("/lobby/"))
    assert "Six Roads" in lobby
    assert "The Salt Road" not in lobby
