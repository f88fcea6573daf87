"""Opening, ending and reopening sessions, and the table itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from game.campaign.colours import player_number
from game.campaign.membership import membership_of
from game.campaign.models import Character
from game.campaign.pages import SignedInRequest, members_page
from game.engine.models import Session
from game.errors import NotFound
from game.roles import Role
from game.sessions import ending
from game.sessions.forms import SessionForm


@members_page
@require_POST
def create(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """Open a new session."""
    campaign = membership_of(request.user, campaign_id, Role.DM).campaign
    form = SessionForm(request.POST, instance=Session(campaign=campaign))
    if not form.is_valid():
        context = {"form": form, "title": "New session", "campaign": campaign}
        return render(request, "parts/form.html", context, status=400)
    opened = form.save()
    messages.success(request, f"{opened.title} is ready. Join the table.")
    return redirect("game:campaign", campaign_id=campaign_id)


@members_page
@require_POST
def end(request: SignedInRequest, campaign_id: int, session_id: int) -> HttpResponse:
    """End a session: nothing more is said in it until it is reopened."""
    session = _session_of_dm(request, campaign_id, session_id)
    ending.end(session.pk)
    messages.success(request, f"{session.title} has ended.")
    return redirect("game:campaign", campaign_id=campaign_id)


@members_page
@require_POST
def reopen(request: SignedInRequest, campaign_id: int, session_id: int) -> HttpResponse:
    """Go on with a session that was ended."""
    session = _session_of_dm(request, campaign_id, session_id)
    ending.reopen(session.pk)
    messages.success(request, f"{session.title} is open again.")
    return redirect("game:campaign", campaign_id=campaign_id)


@members_page
@require_safe
def play(request: SignedInRequest, session_id: int) -> HttpResponse:
    """The table."""
    session = Session.objects.select_related("campaign").filter(pk=session_id).first()
    if session is None:
        raise NotFound("There is no such session.")
    membership = membership_of(request.user, session.campaign_id)
    context = {
        "session": session,
        "me": {"id": request.user.pk, "username": request.user.username},
        "role": membership.role,
        "cast": [_figure(character) for character in session.campaign.characters.select_related("owner")],
    }
    return render(request, "sessions/play.html", context)


def _figure(character: Character) -> dict[str, Any]:
    """A character and who plays it, with the keys of a `Player`."""
    return {
        "user_id": character.owner_id,
        "username": character.owner.username,
        "display_name": character.owner.display_name or None,
        "character_id": character.pk,
        "character_name": character.name,
        "colour": player_number(character.colour),
        "is_dm": False,
    }


def _session_of_dm(request: SignedInRequest, campaign_id: int, session_id: int) -> Session:
    membership_of(request.user, campaign_id, Role.DM)
    session = Session.objects.filter(pk=session_id, campaign=campaign_id).first()
    if session is None:
        raise NotFound("There is no such session.")
    return session
