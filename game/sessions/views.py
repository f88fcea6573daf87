"""Opening, changing, ending and deleting sessions, and the table itself."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from game.campaign.archive import set_archived
from game.campaign.colours import player_number
from game.campaign.membership import led_by, membership_of
from game.campaign.models import Character
from game.campaign.pages import SignedInRequest, members_page
from game.engine.models import Session
from game.engine.presence.roster import players_in
from game.errors import Conflict, NotFound
from game.roles import Role
from game.sessions import deletion, ending
from game.sessions.forms import DeletionForm, SessionForm


@members_page
@require_POST
def create(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """Open a new session."""
    campaign = membership_of(request.user, campaign_id, Role.DM).campaign
    form = SessionForm(request.POST, instance=Session(campaign=campaign))
    if not form.is_valid():
        context = {"form": form, "title": "New session", "campaign": campaign}
        return render(request, "parts/form.html", context, status=400)
    if Session.objects.filter(campaign__in=led_by(request.user), ended_at=None).count() >= settings.MAX_SESSIONS:
        raise Conflict(f"At most {settings.MAX_SESSIONS:,} sessions of your campaigns may be open. End one first.")
    opened = form.save()
    messages.success(request, f"{opened.title} is ready. Join the table.")
    return redirect("game:campaign", campaign_id=campaign_id)


@members_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, campaign_id: int, session_id: int) -> HttpResponse:
    """A session's name, and the ways to archive and delete it."""
    session = _session_of_dm(request, campaign_id, session_id)
    form = SessionForm(request.POST or None, instance=session)
    if request.method == "POST" and form.is_valid():
        form.instance.save(update_fields=["title"])
        return redirect("game:campaign", campaign_id=campaign_id)
    return render(request, "sessions/session.html", {"form": form, "campaign": session.campaign, "session": session})


@members_page
@require_POST
def archive(request: SignedInRequest, campaign_id: int, session_id: int) -> HttpResponse:
    """Set a session apart, or back among the others."""
    session = _session_of_dm(request, campaign_id, session_id)
    set_archived(session, "archived" in request.POST)
    state = "in the archive" if session.archived_at else "back in the list"
    messages.success(request, f"{session.title} is {state}.")
    return redirect("game:campaign", campaign_id=campaign_id)


@members_page
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest, campaign_id: int, session_id: int) -> HttpResponse:
    """Say what goes with a session, and delete it for who types its name."""
    session = _session_of_dm(request, campaign_id, session_id)
    form = DeletionForm(session.title, request.POST or None)
    if request.method == "POST" and form.is_valid():
        deletion.delete_session(session.pk)
        messages.success(request, f"{session.title} was deleted.")
        return redirect("game:campaign", campaign_id=campaign_id)
    context = {"form": form, "campaign": session.campaign, "name": session.title, "goes": _goes(session)}
    return render(request, "parts/delete.html", context, status=400 if form.errors else 200)


def _goes(session: Session) -> list[str]:
    """What a deletion takes along, in words."""
    people = len(players_in(session.pk))
    lines = "Its log, with 1 entry." if session.seq == 1 else f"Its log, with {session.seq:,} entries."
    if not people:
        return [lines]
    return [
        lines,
        "Its table, which closes for 1 person." if people == 1 else f"Its table, which closes for {people} people.",
    ]


@members_page
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SignedInRequest, campaign_id: int, session_id: int) -> HttpResponse:
    """Ask whether to end a session, and end it: nothing more is said in it until it is reopened."""
    session = _session_of_dm(request, campaign_id, session_id)
    if request.method != "POST":
        context = {"session": session, "campaign": session.campaign, "people": len(players_in(session.pk))}
        return render(request, "sessions/end.html", context)
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
    session = Session.objects.select_related("campaign").filter(pk=session_id, campaign=campaign_id).first()
    if session is None:
        raise NotFound("There is no such session.")
    return session
