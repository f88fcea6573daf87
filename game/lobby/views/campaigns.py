"""A campaign's own page, and what its members do to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from game.campaign.colours import player_number
from game.campaign.invitations import is_valid
from game.campaign.membership import leave_campaign, membership_of
from game.campaign.models import Membership
from game.campaign.pages import SignedInRequest, members_page
from game.lobby.forms import CampaignForm, InvitationForm
from game.lobby.overview import rooms, running
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
    members = sorted(campaign.memberships.select_related("user"), key=_place)
    characters = [(item, player_number(item.colour)) for item in campaign.characters.select_related("owner")]
    colours = {item.owner_id: number for item, number in reversed(characters)}
    found = rooms(campaign.sessions.all())
    context = {
        "campaign": campaign,
        "membership": membership,
        "is_dm": is_dm,
        "may_create_character": Role(membership.role).rank >= Role.PLAYER.rank,
        "needs_character": membership.role == Role.PLAYER and request.user.pk not in colours,
        "rooms": [(room, room.presence(request.user)) for room in found],
        "running": running(found),
        "present": {guest.user_id for room in found for guest in room.guests},
        "members": [(item, colours.get(item.user_id)) for item in members if is_dm or not item.banned],
        "characters": characters,
    }
    if is_dm:
        now = timezone.now()
        invitations = list(campaign.invitations.all())
        context |= {
            "invitations": [item for item in invitations if is_valid(item, now)],
            "closed_invitations": [item for item in invitations if not is_valid(item, now)][:CLOSED],
            "invitation_form": InvitationForm(),
            "session_form": SessionForm(initial={"title": f"Session {len(found) + 1}"}),
        }
    return render(request, "lobby/campaign.html", context)


def _place(member: Membership) -> tuple[bool, int, str]:
    """DMs first, banned members last."""
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
    return render(request, "parts/form.html", {"form": form, "title": "Campaign settings", "campaign": campaign})


@members_page
@require_POST
def leave(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """Leave the campaign."""
    leave_campaign(request.user, campaign_id)
    messages.success(request, "You left the campaign.")
    return redirect("game:lobby")
