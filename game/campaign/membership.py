"""Who belongs to a campaign, and what a DM may change about it.

Every function raises NotFound for users who are not members (or are banned), so that other people's
campaigns look like none, and Forbidden for a member whose role is too low.
"""

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from game.campaign.models import Campaign, Membership
from game.errors import Conflict, Forbidden, NotFound
from game.roles import Role

NO_CAMPAIGN = "There is no such campaign."
NO_MEMBER = "There is no such member."
TOO_LOW = {Role.PLAYER: "Spectators can’t do this.", Role.DM: "Only a Dungeon Master can do this."}


def membership_of(user: User, campaign_id: int, at_least: Role = Role.SPECTATOR) -> Membership:
    """The user's membership, with the campaign in `.campaign`."""
    found = Membership.objects.select_related("campaign").filter(campaign=campaign_id, user=user, banned=False)
    membership = found.first()
    if membership is None:
        raise NotFound(NO_CAMPAIGN)
    if Role(membership.role).rank < at_least.rank:
        raise Forbidden(TOO_LOW[at_least])
    return membership


def create_campaign(user: User, campaign: Campaign) -> Campaign:
    """Save a new campaign, with the user as its DM; Conflict for one too many."""
    with transaction.atomic():
        # Locked, so that two at once do not both count one below the limit.
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if led_by(user).count() >= settings.MAX_CAMPAIGNS:
            raise Conflict(f"You can be DM of at most {settings.MAX_CAMPAIGNS:,} campaigns.")
        campaign.save()
        Membership.objects.create(campaign=campaign, user=user, role=Role.DM)
    return campaign


def led_by(user: User) -> QuerySet[Campaign]:
    """The campaigns whose DM the user is."""
    return Campaign.objects.filter(memberships__user=user, memberships__role=Role.DM, memberships__banned=False)


@transaction.atomic
def change_role(dm: User, campaign_id: int, member_id: int, role: Role) -> Membership:
    """Give a member another role; the last DM stays one."""
    member = _member_for(dm, campaign_id, member_id)
    if role is not Role.DM:
        _keep_a_dm(member)
    member.role = role
    member.save()
    return member


@transaction.atomic
def remove_member(dm: User, campaign_id: int, member_id: int) -> Membership:
    """End a membership; the user can come back with an invitation."""
    member = _member_for(dm, campaign_id, member_id)
    _keep_a_dm(member)
    member.delete()
    return member


@transaction.atomic
def ban_member(dm: User, campaign_id: int, member_id: int) -> Membership:
    """Keep a member out, invitations or not."""
    member = _member_for(dm, campaign_id, member_id)
    _keep_a_dm(member)
    member.banned = True
    member.save()
    return member


@transaction.atomic
def unban_member(dm: User, campaign_id: int, member_id: int) -> Membership:
    """Let a banned member in again, in the former role."""
    member = _member_for(dm, campaign_id, member_id)
    member.banned = False
    member.save()
    return member


@transaction.atomic
def leave_campaign(user: User, campaign_id: int, successor_id: int | None = None) -> None:
    """End the user's own membership. The last DM hands over to the member `successor_id` in the same step."""
    _lock(campaign_id)
    membership = membership_of(user, campaign_id)
    if successor_id is not None:
        _hand_over(membership, successor_id)
    _keep_a_dm(membership)
    membership.delete()


def _hand_over(leaving: Membership, successor_id: int) -> None:
    if leaving.role != Role.DM:
        raise Forbidden(TOO_LOW[Role.DM])
    others = Membership.objects.filter(campaign=leaving.campaign_id, banned=False).exclude(pk=leaving.pk)
    successor = others.filter(pk=successor_id).first()
    if successor is None:
        raise NotFound(NO_MEMBER)
    successor.role = Role.DM
    successor.save()


def successors_of(membership: Membership) -> list[Membership]:
    """The members to whom the last DM may hand over; none where the member may leave as it is."""
    others = list(
        Membership.objects.select_related("user")
        .filter(campaign=membership.campaign_id, banned=False)
        .exclude(pk=membership.pk)
    )
    if membership.role != Role.DM or any(other.role == Role.DM for other in others):
        return []
    return sorted(others, key=lambda other: (-Role(other.role).rank, other.user.shown_name.casefold()))


def _member_for(dm: User, campaign_id: int, member_id: int) -> Membership:
    """The member that the DM wants to change."""
    _lock(campaign_id)
    membership_of(dm, campaign_id, Role.DM)
    member = Membership.objects.select_related("user").filter(pk=member_id, campaign=campaign_id).first()
    if member is None:
        raise NotFound(NO_MEMBER)
    return member


def _lock(campaign_id: int) -> None:
    # The campaign, not the member: two DMs that demote each other must not both succeed.
    Campaign.objects.select_for_update().filter(pk=campaign_id).first()


def _keep_a_dm(leaving: Membership) -> None:
    dms = Membership.objects.filter(campaign=leaving.campaign_id, role=Role.DM, banned=False)
    if dms.filter(pk=leaving.pk).exists() and not dms.exclude(pk=leaving.pk).exists():
        raise Conflict("A campaign needs a Dungeon Master. Give somebody else that role first.")
