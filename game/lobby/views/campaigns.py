"""A campaign's own page, and what its members do to it."""

from django.contrib import messages
from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from game.campaign.colours import player_number
from game.campaign.invitations import open_invitations
from game.campaign.lists import listed, query_of
from game.campaign.membership import leave_campaign, membership_of
from game.campaign.models import Campaign, Membership
from game.campaign.pages import SignedInRequest, members_page
from game.lobby.forms import CampaignForm, InvitationForm
from game.lobby.overview import CANDIDATES, guests_in, numbered, rooms, to_go_on_with
from game.roles import Role
from game.sessions.forms import SessionForm

CLOSED = 3  # invitations that no longer work and are still listed, the newest


@members_page
@require_safe
def campaign(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """A campaign: its sessions, members and characters; for a DM all that can be changed."""
    membership = membership_of(request.user, campaign_id)
    campaign = membership.campaign
    is_dm = membership.role == Role.DM
    query = query_of(request)
    sessions = listed(request, numbered(campaign.sessions.filter(title__icontains=query)), "sessions")
    members = listed(request, _members(campaign, query, is_dm=is_dm), "members", 50)
    characters = campaign.characters.filter(name__icontains=query).select_related("owner")
    cast = listed(request, characters, "characters", 50)
    owned = campaign.characters.filter(owner__in=[member.user_id for member in members.items])
    colours = {item.owner_id: player_number(item.colour) for item in owned.order_by("-name", "-id")}
    found = rooms(sessions.items)
    plays = campaign.characters.filter(owner=request.user).exists()
    context = {
        "campaign": campaign,
        "membership": membership,
        "is_dm": is_dm,
        "may_create_character": Role(membership.role).rank >= Role.PLAYER.rank,
        "needs_character": membership.role == Role.PLAYER and not plays,
        "query": query,
        "sessions": sessions,
        "rooms": [(room, room.presence(request.user)) for room in found],
        "running": to_go_on_with(campaign.sessions.all()),
        "present": _present(campaign),
        "listed_members": members,
        "members": [(item, colours.get(item.user_id)) for item in members.items],
        "cast": cast,
        "characters": [(item, player_number(item.colour)) for item in cast.items],
    }
    if is_dm:
        invitations = open_invitations(campaign)
        context |= {
            "invitations": invitations,
            "closed_invitations": campaign.invitations.exclude(pk__in=invitations.values("pk"))[:CLOSED],
            "invitation_form": InvitationForm(),
            "session_form": SessionForm(initial={"title": f"Session {campaign.sessions.count() + 1}"}),
        }
    return render(request, "lobby/campaign.html", context)


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
    return render(request, "parts/form.html", {"form": form, "title": "Campaign settings", "campaign": campaign})


@members_page
@require_POST
def leave(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """End one's own membership."""
    leave_campaign(request.user, campaign_id)
    messages.success(request, "You left the campaign.")
    return redirect("game:lobby")
