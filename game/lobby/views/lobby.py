"""The way in: landing page and lobby."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from game.campaign.colours import player_number
from game.campaign.membership import create_campaign
from game.campaign.models import Character, Membership
from game.campaign.pages import SignedInRequest, members_page
from game.demo.tables import demo_seats
from game.demo.views import is_local
from game.engine.models import Session
from game.lobby import pending_invitations
from game.lobby.forms import NewCampaignForm
from game.lobby.overview import Room, rooms, running
from game.roles import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """A campaign of the user's, as the lobby lists it."""

    membership: Membership
    rooms: list[Room]

    @property
    def latest(self) -> Room | None:
        """The session to go on with."""
        return running(self.rooms)

    @property
    def last_played(self) -> Room | None:
        """The session in which something happened last."""
        return max((room for room in self.rooms if room.is_begun), key=lambda room: room.played_at, default=None)

    @property
    def is_live(self) -> bool:
        """Whether somebody is at a table of it now."""
        return any(room.is_live for room in self.rooms)


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What RollScape is; on the server's own machine also the demo table. Signed-in users go to the lobby."""
    if request.user.is_authenticated:
        return redirect("game:lobby")
    seats = demo_seats() if is_local(request) else []
    return render(request, "lobby/landing.html", {"seats": seats})


@members_page
@require_http_methods(["GET", "HEAD", "POST"])
def lobby(request: SignedInRequest) -> HttpResponse:
    """The session to go on with, the user's campaigns and characters; a POST creates a campaign."""
    form = NewCampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        created = create_campaign(request.user, form.save(commit=False))
        messages.success(request, f"{created.name} is ready. Invite your group and create the first session.")
        return redirect("game:campaign", campaign_id=created.pk)
    entries = _entries(request)
    next_up = running(room for entry in entries for room in entry.rooms)
    characters = Character.objects.filter(owner=request.user, campaign__in=[e.membership.campaign_id for e in entries])
    context = {
        "entries": entries,
        "next_up": next_up,
        "presence": next_up.presence(request.user) if next_up else "",
        "characters": [(item, player_number(item.colour)) for item in characters.select_related("campaign")],
        "invitations": pending_invitations.pending(request, request.user),
        "form": form,
    }
    return render(request, "lobby/lobby.html", context)


def _entries(request: SignedInRequest) -> list[Entry]:
    """The user's campaigns, those with somebody at the table first."""
    players = Count(
        "campaign__memberships", filter=Q(campaign__memberships__banned=False, campaign__memberships__role=Role.PLAYER)
    )
    memberships = (
        Membership.objects.filter(user=request.user, banned=False)
        .select_related("campaign")
        .annotate(players=players)
        .order_by("campaign__name", "campaign_id")
    )
    known = list(memberships)
    found = rooms(Session.objects.filter(campaign__in=[membership.campaign_id for membership in known]))
    entries = [Entry(membership, _of(found, membership)) for membership in known]
    return sorted(entries, key=lambda entry: not entry.is_live)


def _of(found: Iterable[Room], membership: Membership) -> list[Room]:
    return [room for room in found if room.session.campaign_id == membership.campaign_id]
