"""Lists that grow without end are shown a page at a time, can be searched, and end somewhere."""

import re
from typing import Any

from django.utils import timezone
from pytest_django import Settings

from game.campaign.models import Campaign, Character, Invitation, Membership
from game.engine.models import Session
from game.roles import Role
from tests.lobby.conftest import Group
from tests.lobby.test_lobby import sits_down, text_of

MANY = 501


def lead(group: Group, number: int = MANY) -> list[Campaign]:
    """This many campaigns of the stranger's."""
    campaigns = Campaign.objects.bulk_create(Campaign(name=f"Campaign {place:03}") for place in range(number))
    Membership.objects.bulk_create(
        Membership(campaign=campaign, user=group.users["stranger"], role=Role.DM) for campaign in campaigns
    )
    return campaigns


def test_hundreds_of_campaigns_come_in_pages(group: Group, django_assert_max_num_queries: Any) -> None:
    lead(group)
    browser = group.browser("stranger")

    with django_assert_max_num_queries(20):
        first = browser.get("/lobby/")
    last = browser.get("/lobby/?page=26")

    assert len(first.content) < 60_000
    assert "1–20 of 501" in text_of(first)
    assert "Campaign 019" in text_of(first)
    assert "Campaign 020" not in text_of(first)
    assert "501–501 of 501" in text_of(last)
    assert browser.get("/lobby/?page=x").status_code == browser.get("/lobby/?page=999").status_code == 200


def test_campaigns_are_searched_by_name(group: Group) -> None:
    lead(group)
    browser = group.browser("stranger")

    found = text_of(browser.get("/lobby/?q=campaign 47&page=9"))

    assert "1–10 of 10" not in found
    assert "Campaign 470" in found
    assert "Campaign 100" not in found
    assert "has “nowhere” in its name" in text_of(browser.get("/lobby/?q=nowhere"))
    assert browser.get("/lobby/?q=%00").status_code == 200


def test_the_session_that_runs_is_found_on_whichever_page_its_campaign_is(group: Group) -> None:
    campaigns = lead(group)
    for campaign in campaigns[:30]:
        Session.objects.create(campaign=campaign, title="Idle")
    live = Session.objects.create(campaign=campaigns[-1], title="The one that runs")
    sits_down(live, group.users["dm"])

    page = group.browser("stranger").get("/lobby/").content.decode()

    assert re.search(r'<h1 id="next">([^<]*)', page)[1] == "The one that runs"  # type: ignore[index]
    assert page.index("Campaign 500</a>") < page.index("Campaign 000</a>")


def test_a_campaigns_page_has_pages_of_everything(group: Group, django_assert_max_num_queries: Any) -> None:
    Session.objects.bulk_create(Session(campaign=group.campaign, title=f"Evening {n:03}") for n in range(300))
    Character.objects.bulk_create(
        Character(campaign=group.campaign, owner=group.users["player"], name=f"Hero {n:03}") for n in range(300)
    )
    browser = group.browser("dm")

    with django_assert_max_num_queries(30):
        page = browser.get(group.page)
    second = text_of(browser.get(f"{group.page}?sessions=2&characters=3"))

    assert len(page.content) < 150_000
    assert "1–20 of 301" in text_of(page)
    assert "21–40 of 301" in second
    assert "101–150 of 301" in second
    assert "Session 302" in page.content.decode()
    found = text_of(browser.get(f"{group.page}?q=evening 299"))
    assert "Evening 299" in found
    assert "301 Evening 299" in found
    assert "Evening 001" not in found


def test_a_user_leads_no_more_campaigns_than_the_server_lets(group: Group, settings: Settings) -> None:
    settings.MAX_CAMPAIGNS = 2
    lead(group, 2)

    answer = group.browser("stranger").post("/lobby/", {"name": "One more"})

    assert "You can be DM of at most 2 campaigns." in text_of(answer)
    assert not Campaign.objects.filter(name="One more").exists()
    assert group.browser("dm").post("/lobby/", {"name": "One more"}).status_code == 302


def test_no_more_sessions_are_open_than_the_server_lets(group: Group, settings: Settings) -> None:
    settings.MAX_SESSIONS = 1
    browser = group.browser("dm")

    refused = browser.post(f"{group.page}sessions/", {"title": "The second"}, follow=True)
    Session.objects.update(ended_at=timezone.now())
    browser.post(f"{group.page}sessions/", {"title": "The third"})

    assert "may be open. End one first" in text_of(refused)
    assert not Session.objects.filter(title="The second").exists()
    assert Session.objects.filter(title="The third").exists()


def test_a_campaign_has_a_hundred_open_invitations(group: Group) -> None:
    Invitation.objects.bulk_create(
        Invitation(campaign=group.campaign, token_hash=str(n), created_by=group.users["dm"]) for n in range(100)
    )
    browser = group.browser("dm")
    address = f"{group.page}invitations/"

    assert "at most 100 open invitations" in text_of(browser.post(address, {"role": "player"}, follow=True))
    Invitation.objects.filter(token_hash="7").update(revoked_at=timezone.now())
    assert browser.post(address, {"role": "player"}).status_code == 200


def test_a_user_has_a_hundred_characters_in_a_campaign(group: Group) -> None:
    Character.objects.bulk_create(
        Character(campaign=group.campaign, owner=group.users["other"], name=f"Hero {n}") for n in range(100)
    )

    refused = group.browser("other").get(f"{group.page}characters/new/", follow=True)

    assert "at most 100 characters in a campaign" in text_of(refused)
