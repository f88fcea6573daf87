"""The way in: landing page, lobby and a campaign's own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from game.demo import demo_session_id, demo_users
from game.forms import CampaignForm, InvitationForm, NewCampaignForm, SessionForm
from game.invitations import is_valid
from game.membership import create_campaign, leave_campaign, membership_of
from game.models import Membership
from game.roles import Role
from game.views.demo import is_local
from game.views.pages import SignedInRequest, members_page


@require_GET
def landing(request: HttpRequest) -> HttpResponse:
    """What this is; at the server itself also seats at the demo table. Who is signed in goes to the lobby."""
    if request.user.is_authenticated:
        return redirect("game:lobby")
    seats = demo_users() if is_local(request) and demo_session_id() is not None else []
    return render(request, "game/landing.html", {"seats": seats})


@members_page
@require_http_methods(["GET", "POST"])
def lobby(request: SignedInRequest) -> HttpResponse:
    """One's campaigns; a POST makes a new one."""
    form = NewCampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        created = create_campaign(request.user, form.save(commit=False))
        return redirect("game:campaign", campaign_id=created.pk)
    memberships = (
        Membership.objects.filter(user=request.user, banned=False)
        .select_related("campaign")
        .prefetch_related("campaign__sessions")
        .order_by("campaign__name", "campaign_id")
    )
    return render(request, "game/lobby.html", {"memberships": memberships, "form": form})


@members_page
@require_GET
def campaign(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """A campaign: its sessions, members and characters; for a DM all that can be changed."""
    membership = membership_of(request.user, campaign_id)
    campaign = membership.campaign
    is_dm = membership.role == Role.DM
    members = campaign.memberships.select_related("user").order_by("user__username")
    context = {
        "campaign": campaign,
        "membership": membership,
        "is_dm": is_dm,
        "may_create_character": Role(membership.role).rank >= Role.PLAYER.rank,
        "sessions": campaign.sessions.all(),
        "members": members if is_dm else members.filter(banned=False),
        "characters": campaign.characters.select_related("owner"),
    }
    if is_dm:
        now = timezone.now()
        context |= {
            "roles": Role.choices,
            "invitations": [item for item in campaign.invitations.all() if is_valid(item, now)],
            "invitation_form": InvitationForm(),
            "session_form": SessionForm(),
        }
    return render(request, "game/campaign.html", context)


@members_page
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """A campaign's name, description and rules, for its DM."""
    campaign = membership_of(request.user, campaign_id, Role.DM).campaign
    form = CampaignForm(request.POST or None, instance=campaign)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("game:campaign", campaign_id=campaign_id)
    return render(request, "game/form.html", {"form": form, "title": "Edit campaign", "campaign_id": campaign_id})


@members_page
@require_POST
def leave(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """End one's own membership."""
    leave_campaign(request.user, campaign_id)
    messages.success(request, "You left the campaign.")
    return redirect("game:lobby")
