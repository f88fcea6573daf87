"""A campaign's own page, and what its members do to it."""

import re
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from game.campaign.archive import set_archived
from game.campaign.colours import player_number
from game.campaign.invitations import is_valid
from game.campaign.membership import leave_campaign, membership_of, successors_of
from game.campaign.models import Campaign, Membership
from game.campaign.pages import SignedInRequest, members_page
from game.lobby import live
from game.lobby.forms import CampaignForm, InvitationForm
from game.lobby.overview import rooms, running
from game.roles import Role
from game.roll_tables.editing import tables_of
from game.sessions import deletion
from game.sessions.forms import DeletionForm, SessionForm

SOME_ID = re.compile("[0-9]{1,18}", re.ASCII)
CLOSED = 3  # invitations that no longer work and are still listed, the newest


@members_page
@require_safe
def campaign(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """A campaign: its sessions, members and characters; for a DM all that can be changed."""
    membership = membership_of(request.user, campaign_id)
    version = live.campaign_version(membership)
    return live.answer(request, "lobby/campaign.html", version, lambda: _page(request.user, membership))


def _page(user: User, membership: Membership) -> dict[str, Any]:
    campaign = membership.campaign
    is_dm = membership.role == Role.DM
    members = sorted(campaign.memberships.select_related("user"), key=_place)
    characters = [(item, player_number(item.colour)) for item in campaign.characters.select_related("owner")]
    colours = {item.owner_id: number for item, number in reversed(characters)}
    found = rooms(campaign.sessions.all())
    context = {
        "campaign": campaign,
        "membership": membership,
        "is_dm": is_dm,
        "may_create_character": Role(membership.role).rank >= Role.PLAYER.rank,
        "needs_character": membership.role == Role.PLAYER and user.pk not in colours,
        "rooms": [(room, room.presence(user)) for room in found if not room.is_archived],
        "archived_rooms": [room for room in found if room.is_archived],
        "running": running(found),
        "present": {guest.user_id for room in found for guest in room.guests},
        "members": [(item, colours.get(item.user_id)) for item in members if is_dm or not item.banned],
        "alone": is_dm and all(item.banned or item.user_id == user.pk for item in members),
        "successors": successors_of(membership),
        "characters": characters,
    }
    return context | _for_dm(campaign, len(found)) if is_dm else context


def _for_dm(campaign: Campaign, sessions: int) -> dict[str, Any]:
    """What a DM sees besides."""
    now = timezone.now()
    invitations = list(campaign.invitations.all())
    return {
        "invitations": [item for item in invitations if is_valid(item, now)],
        "closed_invitations": [item for item in invitations if not is_valid(item, now)][:CLOSED],
        "invitation_form": InvitationForm(),
        "session_form": SessionForm(initial={"title": f"Session {sessions + 1}"}),
        "roll_tables": tables_of(campaign),
    }


def _place(member: Membership) -> tuple[bool, int, str]:
    """Who leads stands first, who is banned last."""
    return member.banned, -Role(member.role).rank, member.user.shown_name.casefold()


@members_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """A campaign's name, description and rules, for its DM."""
    campaign = membership_of(request.user, campaign_id, Role.DM).campaign
    form = CampaignForm(request.POST or None, instance=campaign)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("game:campaign", campaign_id=campaign_id)
    return render(request, "lobby/campaign_settings.html", {"form": form, "campaign": campaign})


@members_page
@require_POST
def archive(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """Set a campaign apart, or back among the others, for all its members."""
    campaign = membership_of(request.user, campaign_id, Role.DM).campaign
    set_archived(campaign, "archived" in request.POST)
    state = "in the archive" if campaign.archived_at else "back among your campaigns"
    messages.success(request, f"{campaign.name} is {state}.")
    return redirect("game:lobby")


@members_page
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """Say what goes with a campaign, and delete it for who types its name."""
    campaign = membership_of(request.user, campaign_id, Role.DM).campaign
    form = DeletionForm(campaign.name, request.POST or None)
    if request.method == "POST" and form.is_valid():
        deletion.delete_campaign(campaign_id)
        messages.success(request, f"{campaign.name} was deleted.")
        return redirect("game:lobby")
    context = {"form": form, "campaign": campaign, "name": campaign.name, "goes": _goes(campaign)}
    return render(request, "parts/delete.html", context, status=400 if form.errors else 200)


def _goes(campaign: Campaign) -> list[str]:
    """What a deletion takes along, in words."""
    events = campaign.sessions.aggregate(total=Sum("seq"))["total"] or 0
    sessions = _counted(campaign.sessions.count(), "session")
    goes = [
        f"{sessions}, with {_counted(events, 'event')} in the log" if events else sessions,
        _counted(campaign.characters.count(), "character"),
        _counted(campaign.roll_tables.count(), "roll table"),
        _counted(campaign.macros.count(), "macro"),
        f"the membership of {_counted(campaign.memberships.filter(banned=False).count(), 'person', 'people')}",
    ]
    return [item for item in goes if not item.startswith("0 ")]


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


@members_page
@require_POST
def leave(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """End one's own membership; the last DM names who leads from now on."""
    successor = request.POST.get("successor", "")
    leave_campaign(request.user, campaign_id, int(successor) if SOME_ID.fullmatch(successor) else None)
    messages.success(request, "You left the campaign.")
    return redirect("game:lobby")
