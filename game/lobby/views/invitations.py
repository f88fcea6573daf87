"""Creating, revoking and accepting invitations."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.addresses import is_loopback
from accounts.models import User
from game.campaign.invitations import (
    accept_invitation,
    find_invitation,
    invite,
    membership_by,
    renew_invitation,
    revoke_invitation,
)
from game.campaign.membership import membership_of
from game.campaign.models import Campaign, Membership
from game.campaign.pages import SignedInRequest, members_page
from game.errors import Forbidden, NotFound, Refused
from game.lobby import pending_invitations, qr
from game.lobby.forms import InvitationForm
from game.roles import Role


@members_page
@require_POST
@never_cache
def create(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """Create an invitation and show its link, only once."""
    campaign = membership_of(request.user, campaign_id, Role.DM).campaign
    form = InvitationForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "title": "New invitation", "campaign": campaign}
        return render(request, "parts/form.html", context, status=400)
    role = Role(form.cleaned_data["role"])
    token = invite(request.user, campaign_id, role, form.expires_at(), form.cleaned_data["max_uses"])
    return _show_link(request, campaign, role, token)


@members_page
@require_POST
@never_cache
def renew(request: SignedInRequest, campaign_id: int, invitation_id: int) -> HttpResponse:
    """Give an invitation a new link and show it, this once; the old link is worthless."""
    invitation, token = renew_invitation(request.user, campaign_id, invitation_id)
    return _show_link(request, invitation.campaign, Role(invitation.role), token)


def _show_link(request: HttpRequest, campaign: Campaign, role: Role, token: str) -> HttpResponse:
    path = reverse("game:join", args=[token])
    link = settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)
    context = {
        "campaign": campaign,
        "role": role.label,
        "link": link,
        "qr": qr.drawn(link),
        "only_here": is_loopback(urlsplit(link).hostname or ""),
    }
    return render(request, "lobby/invitation.html", context)


@members_page
@require_POST
def revoke(request: SignedInRequest, campaign_id: int, invitation_id: int) -> HttpResponse:
    """Revoke an invitation."""
    revoke_invitation(request.user, campaign_id, invitation_id)
    messages.success(request, "The invitation was revoked.")
    return redirect("game:campaign", campaign_id=campaign_id)


@require_safe
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """Where the link of an invitation can be pasted."""
    link = request.GET.get("link", "")
    token = pending_invitations.token_in(link)
    if token:
        return redirect("game:join", token=token)
    return render(request, "lobby/enter.html", {"link": link}, status=400 if link else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation. A POST accepts it, and so does signing in or up for it."""
    meant = pending_invitations.token_in(token)
    if meant and meant != token:  # a full stop or a bracket of the sentence that it stood in
        return redirect("game:join", token=meant)
    user = request.user if isinstance(request.user, User) else None
    try:
        if user is not None and (pending_invitations.arrives(request, token) or request.method == "POST"):
            return _welcome(request, token, *accept_invitation(user, token))
        existing = membership_by(user, token) if user is not None else None
        if existing is not None:
            return _welcome(request, token, existing, is_new=False)
        invitation = find_invitation(token)
    except NotFound as refusal:
        return _refuse(request, token, refusal, status=404)
    except Forbidden as refusal:
        return _refuse(request, token, refusal, status=403)
    answer = render(request, "lobby/join.html", {"pending": pending_invitations.Pending(token, invitation)})
    pending_invitations.remember(request, answer, token)
    return answer


def _welcome(request: HttpRequest, token: str, membership: Membership, is_new: bool) -> HttpResponse:
    name = membership.campaign.name
    messages.success(request, f"Welcome to {name}!" if is_new else f"You are already a member of {name}.")
    next_page = "game:character-create" if is_new and membership.role == Role.PLAYER else "game:campaign"
    answer = redirect(next_page, campaign_id=membership.campaign_id)
    pending_invitations.forget(request, answer, token)
    return answer


def _refuse(request: HttpRequest, token: str, refusal: Refused, status: int) -> HttpResponse:
    answer = render(request, "lobby/not_joined.html", {"reason": refusal.message}, status=status)
    pending_invitations.forget(request, answer, token)
    return answer
