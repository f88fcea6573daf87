"""An invitation's life."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from game.campaign.invitations import accept_invitation, invite, token_hash
from game.campaign.models import Invitation, Membership
from game.errors import Forbidden, NotFound
from game.lobby import qr
from game.roles import Role
from tests.lobby.conftest import Group

PASSWORD = "the lamp went out at nine"


def invitation(group: Group, role: Role = Role.PLAYER, **limits: Any) -> str:
    return invite(group.users["dm"], group.campaign.pk, role, limits.get("expires_at"), limits.get("max_uses"))


def test_the_link_is_shown_once_and_stored_nowhere(group: Group) -> None:
    browser = group.browser("dm")

    page = browser.post(f"{group.page}invitations/", {"role": "player", "days": "7", "max_uses": "3"})

    match = re.search(r"http://testserver/join/([\w-]{22})/", page.content.decode())
    assert match
    assert f'd="{qr.drawn(match[0]).path}"' in page.content.decode()
    stored = Invitation.objects.get()
    assert stored.token_hash == token_hash(match[1])
    assert match[1] not in browser.get(group.page).content.decode()
    assert (stored.max_uses, stored.created_by) == (3, group.users["dm"])
    assert stored.expires_at is not None
    assert abs(stored.expires_at - timezone.now() - timedelta(days=7)) < timedelta(minutes=1)
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(("host", "only_here"), [("127.0.0.1", True), ("localhost", True), ("192.168.1.20", False)])
def test_a_link_that_leads_to_this_machine_alone_says_so(
    group: Group, settings: Settings, host: str, only_here: bool
) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    page = group.browser("dm").post(
        f"{group.page}invitations/", {"role": "player", "days": "7"}, headers={"host": host}
    )

    assert ("only works on this computer" in page.content.decode()) is only_here


def test_the_link_leads_to_the_configured_address(group: Group, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://play.example"

    page = group.browser("dm").post(f"{group.page}invitations/", {"role": "player", "days": ""})

    assert "https://play.example/join/" in page.content.decode()
    assert Invitation.objects.get().expires_at is None


@pytest.mark.parametrize(
    "data", [{}, {"role": "emperor"}, {"role": "player", "max_uses": "0"}, {"role": "dm", "days": "-1"}]
)
def test_nonsense_makes_no_invitation(group: Group, data: dict[str, str]) -> None:
    assert group.browser("dm").post(f"{group.page}invitations/", data).status_code == 400
    assert not Invitation.objects.exists()


def test_one_sees_what_one_joins_and_joins_by_a_post(group: Group) -> None:
    token, browser = invitation(group, Role.SPECTATOR), group.browser("stranger")

    page = browser.get(f"/join/{token}/").content.decode()
    assert "The Salt Road" in page
    assert "You’ll join as a <b>spectator</b>" in page
    assert not group.users["stranger"].memberships.exists()

    answer = browser.post(f"/join/{token}/")
    assert answer["Location"] == group.page
    assert group.users["stranger"].memberships.get().role == Role.SPECTATOR
    assert Invitation.objects.get().uses == 1


def test_signing_up_on_the_way_loses_nothing(group: Group, client: Client) -> None:
    token = invitation(group)

    page = client.get(f"/join/{token}/").content.decode()
    link = re.search(r'href="(/sign-up/[^"]+)"', page)
    assert link
    form = client.get(link[1]).content.decode()
    target = re.search(r'name="next" value="(/join/[^"]+)"', form)
    assert target
    data = {"username": "zoe", "password1": PASSWORD, "password2": PASSWORD, "next": target[1]}
    landed = client.post(link[1], data, follow=True)

    assert User.objects.get(username="zoe").memberships.get().campaign == group.campaign
    assert landed.redirect_chain[-1][0] == f"{group.page}characters/new/"
    assert "Welcome to The Salt Road" in landed.content.decode()


@pytest.mark.parametrize("role", [Role.SPECTATOR, Role.DM])
def test_who_comes_to_read_or_to_lead_is_not_asked_for_a_character(group: Group, role: Role) -> None:
    answer = group.browser("stranger").post(f"/join/{invitation(group, role)}/")

    assert answer["Location"] == group.page


def test_signing_in_takes_up_the_invitation_it_was_for_and_no_other(group: Group, client: Client) -> None:
    token, other = invitation(group), invitation(group)
    group.users["stranger"].set_password(PASSWORD)
    group.users["stranger"].save()

    client.post("/sign-in/", {"username": "stranger", "password": PASSWORD, "next": f"/join/{token}/"})
    assert "Join as stranger" in client.get(f"/join/{other}/").content.decode()
    assert "Join as stranger" in client.get(f"/join/{token}/").content.decode(), "it holds for the next page alone"
    assert not group.users["stranger"].memberships.exists()

    client.post("/sign-out/")
    client.post("/sign-in/", {"username": "stranger", "password": PASSWORD, "next": f"/join/{token}/"})
    assert client.get(f"/join/{token}/").status_code == 302
    assert group.users["stranger"].memberships.exists()


def test_a_link_alone_joins_nobody_who_is_signed_in(group: Group) -> None:
    token, browser = invitation(group), group.browser("stranger")

    browser.get(f"/sign-in/?next=/join/{token}/", follow=True)

    assert not group.users["stranger"].memberships.exists()


@pytest.mark.parametrize("end", ["ban", "remove", "role", "leave"])
def test_who_leads_no_longer_lets_nobody_in(group: Group, end: str) -> None:
    second = group.members["other"]
    Membership.objects.filter(pk=second.pk).update(role=Role.DM)
    token = invite(second.user, group.campaign.pk, Role.DM, None, None)
    kept = invitation(group)

    if end == "leave":
        group.browser("other").post(f"{group.page}leave/")
    else:
        group.browser("dm").post(f"{group.page}members/{second.pk}/{end}/", {"role": "player"})

    assert group.browser("stranger").get(f"/join/{token}/").status_code == 404
    assert group.browser("stranger").get(f"/join/{kept}/").status_code == 200


def test_links_that_no_longer_work_say_why(group: Group) -> None:
    invitation(group, Role.SPECTATOR, expires_at=timezone.now() - timedelta(days=1))
    accept_invitation(group.users["stranger"], invitation(group, max_uses=1))
    revoked = invitation(group)
    Invitation.objects.filter(token_hash=token_hash(revoked)).update(revoked_at=timezone.now())

    page = " ".join(group.browser("dm").get(group.page).content.decode().split())

    closed = page[page.index("Links that no longer work") :]
    for word in ("revoked", "used up", "expired"):
        assert word in closed


def test_an_anonymous_post_joins_nobody(group: Group, client: Client) -> None:
    answer = client.post(f"/join/{invitation(group)}/")

    assert "Sign up and join" in answer.content.decode()
    assert Invitation.objects.get().uses == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_member_is_told_so_and_uses_nothing_up(group: Group, method: str) -> None:
    token = invitation(group, Role.DM)

    answer = getattr(group.browser("player"), method)(f"/join/{token}/", follow=True)

    assert "already a member" in answer.content.decode()
    assert Membership.objects.get(pk=group.members["player"].pk).role == Role.PLAYER
    assert Invitation.objects.get().uses == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_banned_stay_out(group: Group, method: str) -> None:
    answer = getattr(group.browser("banned"), method)(f"/join/{invitation(group)}/")

    assert answer.status_code == 403
    assert "banned" in answer.content.decode()
    assert Membership.objects.get(pk=group.members["banned"].pk).banned
    assert Invitation.objects.get().uses == 0


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("dead", ["unknown", "revoked", "expired", "used up"])
def test_a_dead_link_opens_nothing(group: Group, dead: str, method: str) -> None:
    token = invitation(group, max_uses=1)
    if dead == "unknown":
        token = "A" * 22
    elif dead == "revoked":
        group.browser("dm").post(f"{group.page}invitations/{Invitation.objects.get().pk}/revoke/")
    elif dead == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    else:
        Invitation.objects.update(uses=1)

    answer = getattr(group.browser("stranger"), method)(f"/join/{token}/")

    assert answer.status_code == 404
    assert "has expired, been used up or been revoked" in answer.content.decode()
    assert "The Salt Road" not in answer.content.decode()
    assert not group.users["stranger"].memberships.exists()


@pytest.mark.parametrize("token", ["%00", "é", "<script>", "x" * 3000, "%ED%A0%80", "a%2Fb"])
def test_an_odd_link_is_a_dead_one(group: Group, token: str) -> None:
    assert group.browser("stranger").get(f"/join/{token}/").status_code == 404


def test_revoking_keeps_who_came_by_it(group: Group) -> None:
    accept_invitation(group.users["stranger"], invitation(group))

    url = f"{group.page}invitations/{Invitation.objects.get().pk}/revoke/"
    assert group.browser("dm").post(url).status_code == 302
    assert group.browser("dm").post(url).status_code == 404

    assert group.users["stranger"].memberships.exists()


def test_it_lets_in_as_many_as_it_says(group: Group) -> None:
    token = invitation(group, max_uses=1)
    accept_invitation(group.users["stranger"], token)

    with pytest.raises(NotFound):
        accept_invitation(User.objects.create_user("late", password=None), token)


def test_an_invitation_does_not_lift_a_ban(group: Group) -> None:
    with pytest.raises(Forbidden):
        accept_invitation(group.users["banned"], invitation(group))


def test_removing_somebody_offers_to_revoke_the_open_invitations(group: Group) -> None:
    browser, member = group.browser("dm"), group.members["other"]
    page = f"{group.page}members/{member.pk}/"
    assert "Also revoke" not in browser.get(page).content.decode()
    token = invitation(group)

    offered = browser.get(page).content.decode()
    browser.post(f"{page}remove/", {"revoke": "on"})

    assert "Also revoke the open invitation" in offered
    assert not Membership.objects.filter(pk=member.pk).exists()
    with pytest.raises(NotFound):
        accept_invitation(group.users["other"], token)


def test_invitations_stay_open_where_that_is_not_asked(group: Group) -> None:
    token = invitation(group)

    group.browser("dm").post(f"{group.page}members/{group.members['other'].pk}/remove/")

    assert accept_invitation(group.users["other"], token)[1]


ENDS: dict[str, dict[str, Any]] = {
    "revoked": {"revoked_at": timezone.now()},
    "expired": {"expires_at": timezone.now() - timedelta(days=1)},
    "used up": {"max_uses": 1, "uses": 1},
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("name", ["dm", "player"])
def test_a_member_lands_in_the_campaign_whatever_became_of_the_link(group: Group, end: str, name: str) -> None:
    token = invitation(group)
    Invitation.objects.update(**ENDS[end])
    browser = group.browser(name)

    for ask in (browser.get, browser.head, browser.post):
        assert ask(f"/join/{token}/")["Location"] == group.page


def test_who_was_banned_is_told_so_whatever_became_of_the_link(group: Group) -> None:
    token = invitation(group)
    Invitation.objects.update(**ENDS["revoked"])
    Membership.objects.filter(user=group.users["player"]).update(banned=True)

    assert group.browser("player").get(f"/join/{token}/").status_code == 403


@pytest.mark.parametrize("behind", [".", ")", "/.", ").", ",", "/>", "»", "…", "_", "*", "/)", '"'])
def test_what_stands_behind_a_link_does_no_harm(group: Group, behind: str) -> None:
    token = invitation(group)
    browser = Client()

    answer = browser.get(f"/join/{token}{behind}", follow=True)

    assert answer.status_code == 200
    assert group.campaign.name in answer.content.decode()
    assert (
        browser.get("/join/", {"link": f"https://play.example/join/{token}{behind}"})["Location"] == f"/join/{token}/"
    )


def test_another_token_is_no_token(group: Group) -> None:
    token = invitation(group)

    assert Client().get(f"/join/{token}x/").status_code == 404
    assert Client().get(f"/join/{token}/x/").status_code == 404
