"""How a DM manages members."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from game.campaign.invitations import open_invitations, remove_for_good
from game.campaign.membership import NO_MEMBER, ban_member, change_role, membership_of, remove_member, unban_member
from game.campaign.models import Membership
from game.campaign.pages import SignedInRequest, members_page
from game.errors import Invalid, NotFound
from game.lobby.forms import RoleForm
from game.roles import Role


@members_page
@require_safe
def member(request: SignedInRequest, campaign_id: int, member_id: int) -> HttpResponse:
    """A member's role, removal and ban, for a DM."""
    campaign = membership_of(request.user, campaign_id, Role.DM).campaign
    found = Membership.objects.select_related("user").filter(pk=member_id, campaign=campaign_id).first()
    if found is None:
        raise NotFound(NO_MEMBER)
    context = {
        "campaign": campaign,
        "member": found,
        "form": RoleForm(instance=found),
        "open_invitations": open_invitations(campaign).count(),
    }
    return render(request, "lobby/member.html", context)


@members_page
@require_POST
def role(request: SignedInRequest, campaign_id: int, member_id: int) -> HttpResponse:
    """Give a member another role."""
    membership_of(request.user, campaign_id, Role.DM)
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise Invalid("There is no such role.")
    member = change_role(request.user, campaign_id, member_id, Role(form.cleaned_data["role"]))
    return _done(request, campaign_id, f"{member.user.shown_name} is now {Role(member.role).label}.")


@members_page
@require_POST
def remove(request: SignedInRequest, campaign_id: int, member_id: int) -> HttpResponse:
    """End a membership, and where that was ticked what they could come back by."""
    if "revoke" not in request.POST:
        return _apply(request, campaign_id, member_id, remove_member, "{name} was removed.")
    return _apply(request, campaign_id, member_id, remove_for_good, "{name} was removed, the open invitations revoked.")


@members_page
@require_POST
def ban(request: SignedInRequest, campaign_id: int, member_id: int) -> HttpResponse:
    """Keep a member out."""
    return _apply(request, campaign_id, member_id, ban_member, "{name} is banned.")


@members_page
@require_POST
def unban(request: SignedInRequest, campaign_id: int, member_id: int) -> HttpResponse:
    """Let a banned member in again."""
    return _apply(request, campaign_id, member_id, unban_member, "{name} is no longer banned.")


def _apply(
    request: SignedInRequest,
    campaign_id: int,
    member_id: int,
    change: Callable[[User, int, int], Membership],
    sentence: str,
) -> HttpResponse:
    member = change(request.user, campaign_id, member_id)
    return _done(request, campaign_id, sentence.format(name=member.user.shown_name))


def _done(request: SignedInRequest, campaign_id: int, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    # DMs who removed or banned themselves have no campaign page to return to.
    if Membership.objects.filter(campaign=campaign_id, user=request.user, banned=False).exists():
        return redirect("game:campaign", campaign_id=campaign_id)
    return redirect("game:lobby")
