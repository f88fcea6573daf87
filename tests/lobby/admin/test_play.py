"""Sessions, invitations and the log as a DM meets them in the admin."""

import re
from typing import Any

import pytest
from django.db.models import F
from django.test import Client

from game.campaign.invitations import accept_invitation
from game.campaign.models import Invitation, Membership
from game.engine.models import Session
from tests.lobby.admin.conftest import Group, log


def act(browser: Client, model: str, action: str, *chosen: int) -> str:
    """The page after an action of a list on the objects chosen."""
    response = browser.post(f"/admin/game/{model}/", {"action": action, "_selected_action": list(chosen)}, follow=True)
    return response.content.decode()


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


def test_the_log_is_searched_and_filtered(dm: Client, own: Group) -> None:
    log(own.session, 2, '{"message":"the lantern went out"}', author=own.dm)

    found = dm.get("/admin/game/logentry/?q=lantern").content.decode()
    by_author = dm.get(f"/admin/game/logentry/?author__id__exact={own.player.pk}").content.decode()
    by_session = dm.get(f"/admin/game/logentry/?session__id__exact={own.session.pk}&event=chat_message")

    assert "the lantern went out" in found
    assert "own words" not in found
    assert "own words" in by_author
    assert "the lantern went out" not in by_author
    assert "own words" in by_session.content.decode()


def test_the_log_shows_a_dm_what_a_dm_may_see(dm: Client, superuser: Client, own: Group) -> None:
    whisper = log(
        own.session, 2, '{"message":"between players"}', audience=f'{{"role":null,"users":[{own.player.pk}]}}'
    )
    secret = log(own.session, 3, '{"message":"for the DM"}', audience='{"role":"dm","users":[]}')
    addressed = log(own.session, 4, '{"message":"to you"}', audience=f'{{"role":null,"users":[{own.dm.pk}]}}')

    page = dm.get("/admin/game/logentry/").content.decode()

    assert "for the DM" in page
    assert "to you" in page
    assert "between players" not in page
    assert dm.get(f"/admin/game/logentry/{secret.pk}/change/").status_code == 200
    assert dm.get(f"/admin/game/logentry/{addressed.pk}/change/").status_code == 200
    assert dm.get(f"/admin/game/logentry/{whisper.pk}/change/").status_code == 302
    assert dm.get("/admin/game/logentry/?q=between").content.decode().count("between players") == 0
    assert "between players" in superuser.get("/admin/game/logentry/").content.decode()


@pytest.mark.parametrize("browser", ["dm", "superuser"])
def test_the_log_is_read_only(request: pytest.FixtureRequest, own: Group, browser: str) -> None:
    client: Client = request.getfixturevalue(browser)
    address = f"/admin/game/logentry/{own.entry.pk}"

    assert client.post(f"{address}/change/", {"data": "{}"}).status_code == 403
    assert client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/game/logentry/add/").status_code == 403
    act(client, "logentry", "delete_selected", own.entry.pk)
    own.entry.refresh_from_db()
    assert own.entry.data == '{"message":"own words"}'


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
