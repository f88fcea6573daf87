"""The way in: landing page and lobby."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from game.campaign.colours import player_number
from game.campaign.lists import listed, query_of
from game.campaign.membership import create_campaign
from game.campaign.models import Character, Membership
from game.campaign.pages import SignedInRequest, members_page
from game.demo.tables import demo_seats
from game.demo.views import is_local
from game.engine.models import Session
from game.errors import Conflict
from game.lobby import live, pending_invitations
from game.lobby.forms import NewCampaignForm
from game.lobby.overview import Room, numbered, rooms, running, to_go_on_with
from game.roles import Role

ARCHIVED = 50  # campaigns that are listed as archived
NEWEST = 10  # sessions of a campaign that the lobby looks at


@dataclass(frozen=True, slots=True)
class Entry:
    """A campaign of the user's, as the lobby lists it."""

    membership: Membership
    sessions: int
    rooms: list[Room]  # the newest

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
        try:
            created = create_campaign(request.user, form.save(commit=False))
        except Conflict as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"{created.name} is ready. Invite your group and create the first session.")
            return redirect("game:campaign", campaign_id=created.pk)
    version = live.lobby_version(request.user)
    return live.answer(request, "lobby/lobby.html", version, lambda: _page(request, form))


def _page(request: SignedInRequest, form: NewCampaignForm) -> dict[str, Any]:
    query = query_of(request)
    mine = Membership.objects.filter(user=request.user, banned=False)
    current = mine.filter(campaign__archived_at=None)
    next_up = to_go_on_with(Session.objects.filter(campaign__in=current.values("campaign")))
    campaigns = listed(request, _by_name(current, query), "page")
    characters = Character.objects.filter(owner=request.user, campaign__in=current.values("campaign"))
    cast = listed(request, characters.filter(name__icontains=query).select_related("campaign"), "characters")
    return {
        "campaigns": campaigns,
        "entries": _entries(campaigns.items),
        "archived": _entries(list(_by_name(mine.exclude(campaign__archived_at=None), query)[:ARCHIVED])),
        "query": query,
        "next_up": next_up,
        "presence": next_up.presence(request.user) if next_up else "",
        "cast": cast,
        "characters": [(item, player_number(item.colour)) for item in cast.items],
        "invitations": pending_invitations.pending(request, request.user),
        "form": form,
    }


def _by_name(mine: QuerySet[Membership], query: str) -> QuerySet[Membership]:
    """One's part in the campaigns whose names have this in them, those with somebody at the table first."""
    players = Count(
        "campaign__memberships", filter=Q(campaign__memberships__banned=False, campaign__memberships__role=Role.PLAYER)
    )
    at_the_table = Session.objects.filter(campaign=OuterRef("campaign"), ended_at=None, opened_at__isnull=False)
    return (
        mine.filter(campaign__name__icontains=query)
        .select_related("campaign")
        .annotate(players=players, is_live=Exists(at_the_table))
        .order_by("-is_live", "campaign__name", "campaign_id")
    )


def _entries(memberships: Sequence[Membership]) -> list[Entry]:
    """What the lobby says of these."""
    sessions = numbered(Session.objects.filter(campaign__in=[item.campaign_id for item in memberships]))
    from_the_newest = Window(RowNumber(), partition_by="campaign_id", order_by=("-created_at", "-id"))
    newest = rooms(sessions.annotate(age=from_the_newest).filter(age__lte=NEWEST))
    entries = []
    for membership in memberships:
        own = _of(newest, membership)
        entries.append(Entry(membership, max((room.number for room in own), default=0), own))
    return sorted(entries, key=lambda entry: not entry.is_live)


def _of(found: Iterable[Room], membership: Membership) -> list[Room]:
    return [room for room in found if room.session.campaign_id == membership.campaign_id]
