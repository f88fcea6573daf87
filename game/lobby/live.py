"""Pages that keep themselves up to date.

A page says which version of its contents it shows. Its script (static/game/lobby/live.js) asks for the page again every
few seconds and names that version: it is answered 304 while nothing changed, else with the page, of which it takes the
live parts. See docs/decisions/0012.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils import timezone
from rest_framework.throttling import UserRateThrottle

from accounts.models import User
from game.campaign.invitations import is_valid
from game.campaign.models import Campaign, Character, Membership
from game.campaign.pages import SignedInRequest
from game.engine.models import Session
from game.errors import RateLimited
from game.roles import Role

SHOWN = ("id", "title", "ended_at", "archived_at", "acl_version", "presence_version")  # of a session


class Looks(UserRateThrottle):
    """Four tabs in four windows, and some to spare."""

    scope = "live"
    rate = "120/min"


def answer(
    request: SignedInRequest, template: str, version: str, context: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """The page; 304 for a script that shows this version. Raises RateLimited for one that asks too often.

    `version` is read before the context, so that a change in between is found at the next look.
    """
    shown = request.headers.get("If-None-Match")
    if shown is None:
        return render(request, template, context() | {"version": version})
    looks = Looks()
    if not looks.allow_request(request, None):  # type: ignore[arg-type]  # it looks at the user only
        raise RateLimited("This page was loaded too often.", retry_after=looks.wait())
    if shown == f'"{version}"':
        return HttpResponseNotModified()
    # What is told once is told to a reader, not to a script.
    return render(request, template, context() | {"version": version, "messages": []})


def lobby_version(user: User) -> str:
    """Of this user's lobby: their campaigns with sessions and players, and their characters."""
    own = Membership.objects.filter(user=user, banned=False).order_by("id")
    campaigns = Campaign.objects.filter(pk__in=own.values("campaign_id"))
    players = Membership.objects.filter(campaign__in=campaigns, banned=False, role=Role.PLAYER).order_by("id")
    return _version(
        list(own.values_list("role", "campaign_id", "campaign__name", "campaign__archived_at")),
        list(players.values_list("id", flat=True)),
        _sessions(Session.objects.filter(campaign__in=campaigns)),
        list(Character.objects.filter(owner=user).order_by("id").values_list("id", "name", "colour")),
    )


def campaign_version(membership: Membership) -> str:
    """Of a campaign's page as this member sees it."""
    campaign = membership.campaign
    now = timezone.now()
    links = campaign.invitations.all() if membership.role == Role.DM else ()
    return _version(
        membership.role,
        _sessions(campaign.sessions.all()),
        list(campaign.memberships.order_by("id").values_list("id", "role", "banned", "user__display_name")),
        list(campaign.characters.order_by("id").values_list("id", "name", "colour", "owner_id")),
        [(link.pk, link.uses, is_valid(link, now)) for link in links],
    )


def _sessions(sessions: QuerySet[Session]) -> list[tuple[Any, ...]]:
    """What the pages show of them. Of a session in play the log's end changes with each word and is not shown."""
    rows = sessions.order_by("id").values_list(*SHOWN, "opened_at", "seq")
    return [(*row, 0 if opened_at else seq) for *row, opened_at, seq in rows]


def _version(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
