"""Sessions and invitations as a DM meets them in the admin."""

import re
from typing import Any

import pytest
from django.db.models import F
from django.test import Client
from django.utils import timezone

from game.campaign.invitations import accept_invitation
from game.campaign.models import Invitation, Membership
from game.engine.models import Session
from tests.lobby.admin.conftest import Group, act


def test_a_session_is_made(dm: Client, own: Group) -> None:
    dm.post("/admin/game/session/add/", {"campaign": own.campaign.pk, "title": "The crossing"})

    assert own.campaign.sessions.filter(title="The crossing").exists()


@pytest.mark.django_db(transaction=True)
def test_a_session_is_ended_and_reopened(dm: Client, own: Group) -> None:
    act(dm, "session", "end", own.session.pk)
    own.session.refresh_from_db()
    assert own.session.ended_at is not None

    act(dm, "session", "reopen", own.session.pk)
    own.session.refresh_from_db()
    assert own.session.ended_at is None


def test_sessions_are_listed_by_their_state(dm: Client, own: Group) -> None:
    Session.objects.create(campaign=own.campaign, title="Long over", ended_at=timezone.now())

    is_open = dm.get("/admin/game/session/?state=open").content.decode()
    has_ended = dm.get("/admin/game/session/?state=ended").content.decode()

    assert ("own session" in is_open, "Long over" in is_open) == (True, False)
    assert ("own session" in has_ended, "Long over" in has_ended) == (False, True)


def test_another_campaigns_session_is_not_ended(dm: Client, own: Group, other: Group) -> None:
    act(dm, "session", "end", other.session.pk)

    other.session.refresh_from_db()
    assert other.session.ended_at is None


def test_renaming_a_session_leaves_its_log_alone(dm: Client, own: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log grows between reading the form's object and saving it."""
    full_clean = Session.full_clean

    def somebody_speaks_meanwhile(session: Session, *args: Any, **kwargs: Any) -> None:
        full_clean(session, *args, **kwargs)
        Session.objects.filter(pk=session.pk).update(seq=F("seq") + 1)

    monkeypatch.setattr(Session, "full_clean", somebody_speaks_meanwhile)
    dm.post(f"/admin/game/session/{own.session.pk}/change/", {"title": "Renamed"})

    own.session.refresh_from_db()
    assert (own.session.title, own.session.seq) == ("Renamed", 2)


def test_an_invitations_link_is_shown_once_and_works(dm: Client, own: Group, other: Group) -> None:
    address = "/admin/game/invitation/"
    fields = {"campaign": own.campaign.pk, "role": "spectator", "max_uses": "1"}
    page = dm.post(f"{address}add/", fields, follow=True).content.decode()
    token = re.search(r"http://testserver/join/([\w-]+)/", page)

    assert token is not None
    made = Invitation.objects.get(campaign=own.campaign, role="spectator")
    assert made.created_by == own.dm
    for again in (address, f"{address}{made.pk}/change/", f"{address}{made.pk}/history/", "/admin/"):
        shown = dm.get(again).content.decode()
        assert token[1] not in shown
        assert made.token_hash not in shown
    membership, _ = accept_invitation(other.player, token[1])
    assert (membership.campaign, membership.role) == (own.campaign, "spectator")


def test_an_invitation_is_revoked_and_not_changed(dm: Client, own: Group, other: Group) -> None:
    act(dm, "invitation", "revoke", own.invitation.pk, other.invitation.pk)
    changed = dm.post(f"/admin/game/invitation/{own.invitation.pk}/change/", {"role": "dm"})

    own.invitation.refresh_from_db()
    other.invitation.refresh_from_db()
    assert own.invitation.revoked_at is not None
    assert other.invitation.revoked_at is None
    assert changed.status_code == 403
    assert own.invitation.role == "player"


def test_a_dm_deletes_neither_campaign_nor_session(dm: Client, own: Group) -> None:
    for model, pk in (("campaign", own.campaign.pk), ("session", own.session.pk)):
        assert dm.post(f"/admin/game/{model}/{pk}/delete/", {"post": "yes"}).status_code == 403
    own.session.refresh_from_db()


def test_a_superuser_deletes_a_campaign_with_its_log(superuser: Client, own: Group, other: Group) -> None:
    response = superuser.post(f"/admin/game/campaign/{own.campaign.pk}/delete/", {"post": "yes"})

    assert response.status_code == 302
    assert list(Session.objects.filter(campaign__deleted_at=None)) == [other.session]
    assert own.session.title not in superuser.get("/admin/game/session/").content.decode()


def test_a_superuser_makes_the_first_campaign_with_its_dm(superuser: Client) -> None:
    rows = {"memberships-TOTAL_FORMS": 1, "memberships-INITIAL_FORMS": 0, "memberships-0-role": "dm"}
    assert superuser.get("/admin/game/campaign/").status_code == 200

    nobody = superuser.post("/admin/game/campaign/add/", {"name": "New", **rows, "memberships-TOTAL_FORMS": 0})
    superuser.post("/admin/game/campaign/add/", {"name": "New", **rows, "memberships-0-username": "root"})

    assert "needs a Dungeon Master" in nobody.content.decode()
    assert Membership.objects.get(campaign__name="New", user__username="root").role == "dm"
