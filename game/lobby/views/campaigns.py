"""A campaign's own page, and what its members do to it."""

import re
from typing import Any

from django.contrib import messages
from django.db.models import Case, IntegerField, Q, QuerySet, Sum, When
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from game.campaign.archive import set_archived
from game.campaign.colours import player_number
from game.campaign.invitations import open_invitations
from game.campaign.lists import listed, query_of
from game.campaign.membership import leave_campaign, membership_of, successors_of
from game.campaign.models import Campaign, Membership
from game.campaign.pages import SignedInRequest, members_page
from game.lobby import live
from game.lobby.forms import CampaignForm, InvitationForm
from game.lobby.overview import CANDIDATES, guests_in, numbered, rooms, to_go_on_with
from game.roles import Role
from game.roll_tables.editing import tables_of
from game.sessions import deletion
from game.sessions.forms import DeletionForm, SessionForm

SOME_ID = re.compile("[0-9]{1,18}", re.ASCII)
ARCHIVED = 50  # sessions that are listed as archived, the newest
CLOSED = 3  # invitations that no longer work and are still listed, the newest


@members_page
@require_safe
def campaign(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """A campaign: its sessions, members and characters; for a DM all that can be changed."""
    membership = membership_of(request.user, campaign_id)
    version = live.campaign_version(membership)
    return live.answer(request, "lobby/campaign.html", version, lambda: _page(request, membership))


def _page(request: SignedInRequest, membership: Membership) -> dict[str, Any]:
    campaign, user = membership.campaign, request.user
    is_dm = membership.role == Role.DM
    query = query_of(request)
    titled = numbered(campaign.sessions.all()).filter(title__icontains=query)
    sessions = listed(request, titled.filter(archived_at=None), "sessions")
    members = listed(request, _members(campaign, query, is_dm=is_dm), "members", 50)
    characters = campaign.characters.filter(name__icontains=query).select_related("owner")
    cast = listed(request, characters, "characters", 50)
    owned = campaign.characters.filter(owner__in=[member.user_id for member in members.items])
    colours = {item.owner_id: player_number(item.colour) for item in owned.order_by("-name", "-id")}
    plays = campaign.characters.filter(owner=user).exists()
    others = campaign.memberships.filter(banned=False).exclude(user=user)
    context = {
        "campaign": campaign,
        "membership": membership,
        "is_dm": is_dm,
        "may_create_character": Role(membership.role).rank >= Role.PLAYER.rank,
        "needs_character": membership.role == Role.PLAYER and not plays,
        "query": query,
        "sessions": sessions,
        "rooms": [(room, room.presence(user)) for room in rooms(sessions.items)],
        "archived_rooms": rooms(titled.exclude(archived_at=None)[:ARCHIVED]),
        "running": to_go_on_with(campaign.sessions.all()),
        "present": _present(campaign),
        "listed_members": members,
        "members": [(item, colours.get(item.user_id)) for item in members.items],
        "alone": is_dm and not others.exists(),
        "successors": successors_of(membership),
        "cast": cast,
        "characters": [(item, player_number(item.colour)) for item in cast.items],
    }
    return context | _for_dm(campaign) if is_dm else context


def _for_dm(campaign: Campaign) -> dict[str, Any]:
    """What a DM sees besides."""
    invitations = open_invitations(campaign)
    return {
        "invitations": invitations,
        "closed_invitations": campaign.invitations.exclude(pk__in=invitations.values("pk"))[:CLOSED],
        "invitation_form": InvitationForm(),
        "session_form": SessionForm(initial={"title": f"Session {campaign.sessions.count() + 1}"}),
        "roll_tables": tables_of(campaign),
    }


def _members(campaign: Campaign, query: str, *, is_dm: bool) -> QuerySet[Membership]:
    """Who leads stands first, who is banned last; a DM alone sees the banned."""
    shown = campaign.memberships.all() if is_dm else campaign.memberships.filter(banned=False)
    named = shown.filter(Q(user__display_name__icontains=query) | Q(user__username__icontains=query))
    rank = Case(*(When(role=role, then=-role.rank) for role in Role), output_field=IntegerField())
    name = Lower(Case(When(user__display_name="", then="user__username"), default="user__display_name"))
    return named.select_related("user").order_by("banned", rank, name, "id")


def _present(campaign: Campaign) -> set[int]:
    """Who is at one of its tables now."""
    opened = campaign.sessions.filter(opened_at__isnull=False).order_by("-opened_at")[:CANDIDATES]
    return {guest.user_id for session in opened for guest in guests_in(session)}


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
        f"{sessions}, with {_counted(events, 'log entry', 'log entries')}" if events else sessions,
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
