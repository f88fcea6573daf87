"""What the lobby shows, to whom."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from game.campaign.invitations import invite, revoke_invitation
from game.campaign.models import Campaign, Character, Invitation, Membership
from game.engine.models import Connection, LogEntry, ServerLease, Session
from game.roles import Role
from tests.lobby.conftest import Group


def text_of(answer: Any) -> str:
    """The page's words, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def sits_down(session: Session, user: User, character: Character | None = None) -> None:
    now = timezone.now()
    lease = ServerLease.objects.create(expires_at=now + timedelta(minutes=1))
    Connection.objects.create(server=lease, session=session, user=user, character=character, connected_at=now)
    Session.objects.filter(pk=session.pk).update(opened_at=now)


def writes(session: Session, *events: str) -> None:
    for seq, event in enumerate(events, start=1):
        LogEntry.objects.create(session=session, seq=seq, event=event, data="{}", created_at=timezone.now())
    Session.objects.filter(pk=session.pk).update(seq=len(events))


def test_who_is_new_is_told_what_to_do_next(group: Group) -> None:
    page = text_of(group.browser("stranger").get("/lobby/"))

    assert "No campaigns yet" in page
    assert "Start a campaign" in page


def test_the_session_that_runs_comes_first(group: Group) -> None:
    elsewhere = Campaign.objects.create(name="Elsewhere")
    Membership.objects.create(campaign=elsewhere, user=group.users["player"])
    Session.objects.create(campaign=elsewhere, title="A newer session")
    sits_down(group.session, group.users["dm"])

    page = group.browser("player").get("/lobby/").content.decode()

    assert re.search(r'<h1 id="next">([^<]*)', page)[1] == "The first lamp"  # type: ignore[index]
    assert page.index("The Salt Road</a>") < page.index("Elsewhere</a>")


def test_where_nobody_sits_the_newest_session_comes_first(group: Group) -> None:
    Session.objects.create(campaign=group.campaign, title="The second lamp")

    page = text_of(group.browser("player").get("/lobby/"))

    assert (
        "Ready when you are The second lamp Session 2 of The Salt Road Join the table Nobody is at the table yet."
        in page
    )


def test_a_session_with_a_past_has_started(group: Group) -> None:
    writes(group.session, "fairness_commit", "seed_set", "chat_message")

    assert "Not started yet" not in text_of(group.browser("player").get(group.page))


def test_opening_the_table_does_not_start_a_session(group: Group) -> None:
    writes(group.session, "fairness_commit", "seed_set")

    assert "Not started yet" in text_of(group.browser("player").get(group.page))


def test_an_ended_session_is_read_not_live(group: Group) -> None:
    sits_down(group.session, group.users["dm"])
    Session.objects.filter(pk=group.session.pk).update(ended_at=timezone.now())

    for address in ("/lobby/", group.page):
        assert "Live" not in text_of(group.browser("player").get(address))
    assert "Ended" in text_of(group.browser("player").get(group.page))


@pytest.mark.parametrize(
    ("there", "sentence"),
    [
        (["dm"], "dm is at the table now"),
        (["player"], "You are at the table now"),
        (["player", "dm"], "You and dm are at the table now"),
        (["player", "other", "dm"], "You, dm and other are at the table now"),
        (["player", "other", "dm", "spectator"], "You, dm and 2 more are at the table now"),
    ],
)
def test_it_says_who_is_there(group: Group, there: list[str], sentence: str) -> None:
    for name in there:
        sits_down(group.session, group.users[name])

    browser = group.browser("player")

    assert sentence in text_of(browser.get("/lobby/"))
    assert sentence in text_of(browser.get(group.page))


def test_guests_wear_their_characters_colour_and_their_display_name(group: Group) -> None:
    Character.objects.update(colour="#6fc7f2")
    User.objects.filter(username="player").update(display_name="Ines")
    sits_down(group.session, group.users["player"], group.character)

    page = group.browser("dm").get("/lobby/").content.decode()

    assert re.search(r'data-player="5" aria-hidden="true">W<', page)
    assert "Ines is at the table now" in page


def test_what_happens_elsewhere_stays_there(group: Group) -> None:
    sits_down(group.session, group.users["dm"])

    assert "The first lamp" not in text_of(group.browser("stranger").get("/lobby/"))


def opened(group: Group, browser: Client, **limits: Any) -> str:
    token = invite(group.users["dm"], group.campaign.pk, Role.PLAYER, limits.get("expires_at"), limits.get("max_uses"))
    browser.get(f"/join/{token}/")
    return token


def test_an_invitation_that_was_opened_waits_in_the_lobby(group: Group) -> None:
    browser = group.browser("stranger")
    User.objects.filter(username="dm").update(display_name="Maren")

    token = opened(group, browser)

    page = browser.get("/lobby/").content.decode()
    assert f"/join/{token}/" in page
    assert "Maren invites you to join as Player" in page


def test_it_waits_for_who_signs_up_first(group: Group, client: Client) -> None:
    token = opened(group, client)
    password = "the lamp went out at nine"

    client.post("/sign-up/", {"username": "zoe", "password1": password, "password2": password})

    assert f"/join/{token}/" in client.get("/lobby/").content.decode()


@pytest.mark.parametrize("end", ["accepted", "revoked", "made up"])
def test_it_waits_no_longer_than_it_holds(group: Group, end: str) -> None:
    browser = group.browser("stranger")
    token = opened(group, browser)

    if end == "accepted":
        browser.post(f"/join/{token}/")
    elif end == "revoked":
        revoke_invitation(group.users["dm"], group.campaign.pk, Invitation.objects.get().pk)
    else:
        browser.cookies["invitations"] = f"{'A' * 22}.{token[:21]}.\u0000"

    assert "You’re invited" not in browser.get("/lobby/").content.decode()


def test_the_token_is_kept_where_no_script_reads_it(group: Group) -> None:
    browser = group.browser("stranger")

    opened(group, browser)

    assert browser.cookies["invitations"]["httponly"]


@pytest.mark.parametrize("page", ["/sign-in/", "/sign-up/"])
def test_the_door_shows_who_invites(group: Group, client: Client, page: str) -> None:
    token = opened(group, client)

    assert "dm invites you to" in text_of(client.get(f"{page}?next=/join/{token}/"))
    assert "invites you" not in text_of(client.get(f"{page}?next=/join/{'A' * 22}/"))
    assert "invites you" not in text_of(client.get(f"{page}?next=/lobby/"))


@pytest.mark.parametrize("link", ["http://play.example/join/{}/", "/join/{}", "{}", "  https://x/join/{}/ "])
def test_a_link_can_be_pasted(client: Client, link: str) -> None:
    token = "aB3-_xYz0123456789abcd"

    assert client.get("/join/", {"link": link.format(token)})["Location"] == f"/join/{token}/"


@pytest.mark.parametrize("link", ["nonsense", "https://evil.example/", "/join/short/", "<script>"])
@pytest.mark.django_db
def test_nonsense_is_told_what_a_link_looks_like(client: Client, link: str) -> None:
    answer = client.get("/join/", {"link": link})

    assert answer.status_code == 400
    assert "This is not an invitation link" in text_of(answer)
    assert "<script>" not in answer.content.decode()
