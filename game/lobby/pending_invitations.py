"""Invitations that were opened in this browser and not accepted yet, kept in a cookie.

A user who signs in or up later finds them again in the lobby.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import SuspiciousOperation
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from game.campaign.invitations import find_invitation
from game.campaign.models import Invitation, Membership
from game.errors import NotFound

COOKIE = "invitations"
ARRIVING = "arriving"  # in the session: the token of the invitation that the user signed in to accept
DOORS = ("accounts:sign-in", "accounts:sign-up")
WEEK = 7 * 24 * 3600  # seconds
MOST = 5
TOKEN = re.compile(r"[\w-]{22}", re.ASCII)
# Behind it may stand what ends a sentence, or sets the link off from it.
LINK = re.compile(r"(?:.*/join/)?([\w-]{22})[^A-Za-z0-9]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pending:
    """An open invitation and the token that opens it."""

    token: str
    invitation: Invitation

    @property
    def host(self) -> str:
        """Who invites."""
        inviter = self.invitation.created_by
        return inviter.shown_name if inviter else "The Dungeon Master"


def token_in(link: str) -> str | None:
    """The token of an invitation's link, or of what was copied of it."""
    found = LINK.fullmatch(link.strip())
    return found[1] if found else None


def pending(request: HttpRequest, user: User) -> list[Pending]:
    """Invitations that still work, to campaigns that the user is not in yet, newest first."""
    found = [opened for token in _tokens(request) if (opened := open_invitation(token))]
    known = set(Membership.objects.filter(user=user).values_list("campaign_id", flat=True))
    return [item for item in found if item.invitation.campaign_id not in known]


def open_invitation(token: str) -> Pending | None:
    """The invitation, if it is still valid."""
    try:
        return Pending(token, find_invitation(token))
    except NotFound:
        return None


def remember(request: HttpRequest, answer: HttpResponse, token: str) -> None:
    """Keep the invitation in this browser."""
    _keep(answer, [token, *(other for other in _tokens(request) if other != token)][:MOST])


def forget(request: HttpRequest, answer: HttpResponse, token: str) -> None:
    """It was accepted, or no longer works."""
    kept = _tokens(request)
    if token in kept:
        _keep(answer, [other for other in kept if other != token])


@receiver(user_logged_in)
def _arrive(sender: object, request: HttpRequest, **kwargs: object) -> None:
    """A user who signs in or up on a page that names an invitation has agreed to accept it."""
    on_the_way = _on_the_way(request) if request.resolver_match and request.resolver_match.view_name in DOORS else None
    if on_the_way:
        request.session[ARRIVING] = on_the_way.token


def arrives(request: HttpRequest, token: str) -> bool:
    """Whether the user has just signed in or up to accept this invitation; true once."""
    return bool(request.session.pop(ARRIVING, None) == token)


def invited(request: HttpRequest) -> dict[str, object]:
    """For the sign-in and sign-up pages: the invitation that the user is about to accept (`invited`), if any."""
    return {"invited": SimpleLazyObject(lambda: _on_the_way(request))}


def _on_the_way(request: HttpRequest) -> Pending | None:
    target = _posted(request).get("next", request.GET.get("next", ""))
    token = token_in(target) if target.startswith("/join/") else None
    return open_invitation(token) if token else None


def _tokens(request: HttpRequest) -> list[str]:
    kept = request.COOKIES.get(COOKIE, "").split(".")
    return [token for token in kept if TOKEN.fullmatch(token)][:MOST]


def _keep(answer: HttpResponse, tokens: list[str]) -> None:
    if not tokens:
        answer.delete_cookie(COOKIE)
        return
    value = ".".join(tokens)
    answer.set_cookie(COOKIE, value, max_age=WEEK, secure=settings.SECURE, httponly=True, samesite="Lax")


def _posted(request: HttpRequest) -> QueryDict:
    """The form that was posted; empty where it cannot be read, which a page that says so must survive."""
    try:
        return request.POST
    except (MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        return QueryDict()
