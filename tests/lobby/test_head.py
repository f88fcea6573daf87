"""HEAD is answered as GET, on every page there is."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from game.campaign.models import Campaign
from game.engine.models import Session
from tests.lobby.conftest import Group


def pages(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, path) if not path.startswith("admin/") else ()
        else:
            yield path


def is_of_a_session(page: str) -> bool:
    """Whether a campaign and a session are all that its address names; /readyz says how the whole server is."""
    named = set(re.findall(r"<[a-z]+:(\w+)>", page))
    return named <= {"campaign_id", "session_id"} and "readyz" not in page


PAGES = sorted(filter(is_of_a_session, set(pages(get_resolver().url_patterns))))


@pytest.mark.parametrize("page", PAGES)
def test_a_head_has_the_status_of_a_get(group: Group, page: str) -> None:
    session = Session.objects.create(campaign=Campaign.objects.get(), title="Tonight")
    address = "/" + page
    for part, value in (("campaign_id", group.campaign.pk), ("session_id", session.pk)):
        for kind in ("id", "str", "int"):
            address = address.replace(f"<{kind}:{part}>", str(value))
    browsers = Client(raise_request_exception=False), group.browser("dm")

    for browser in browsers:
        got = browser.get(address)
        assert browser.head(address).status_code == got.status_code
