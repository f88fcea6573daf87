"""Invitations: links that let people join a campaign."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal, receiver
from django.utils import timezone

from accounts.models import User
from game.campaign.membership import membership_of, remove_member
from game.campaign.models import Campaign, Invitation, Membership
from game.errors import Conflict, Forbidden, NotFound
from game.roles import Role

TOKEN_BYTES = 16
MAX_OPEN = 100  # of one campaign
NOT_VALID = "This invitation has expired, been used up or been revoked. Ask for a new one."


def invite(dm: User, campaign_id: int, role: Role, expires_at: datetime | None, max_uses: int | None) -> str:
    """Create an invitation. The token is returned only once, and stored nowhere."""
    membership = membership_of(dm, campaign_id, Role.DM)
    if open_invitations(membership.campaign).count() >= MAX_OPEN:
        raise Conflict(f"A campaign has at most {MAX_OPEN} open invitations. Revoke one first.")
    return issue(
        Invitation(campaign=membership.campaign, role=role, created_by=dm, expires_at=expires_at, max_uses=max_uses)
    )


def issue(invitation: Invitation) -> str:
    """Save an invitation with a new token, which is returned only once and stored nowhere."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_hash = token_hash(token)
    invitation.save()
    return token


def revoke_invitation(dm: User, campaign_id: int, invitation_id: int) -> None:
    """Stop an invitation from working. Members who joined by it stay."""
    membership_of(dm, campaign_id, Role.DM)
    revoked = Invitation.objects.filter(pk=invitation_id, campaign=campaign_id, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    if not revoked:
        raise NotFound("There is no such invitation.")


def renew_invitation(dm: User, campaign_id: int, invitation_id: int) -> tuple[Invitation, str]:
    """Give a valid invitation a new link, which is returned only once; the old link stops working.

    Its role, its end and its uses stay.
    """
    membership_of(dm, campaign_id, Role.DM)
    with transaction.atomic():
        locked = Invitation.objects.select_for_update().filter(pk=invitation_id, campaign=campaign_id).first()
        if locked is None or not is_valid(locked, timezone.now()):
            raise NotFound("There is no such invitation.")
        locked.created_by = dm
        return locked, issue(locked)


def open_invitations(campaign: Campaign) -> QuerySet[Invitation]:
    """Those of a campaign that are valid."""
    lasting = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
    left = Q(max_uses__isnull=True) | Q(uses__lt=F("max_uses"))
    return campaign.invitations.filter(lasting, left, revoked_at=None)


@transaction.atomic
def remove_for_good(dm: User, campaign_id: int, member_id: int) -> Membership:
    """End a membership and revoke all open invitations, by one of which the user could come back."""
    removed = remove_member(dm, campaign_id, member_id)
    open_invitations(removed.campaign).update(revoked_at=timezone.now())
    return removed


def find_invitation(token: str) -> Invitation:
    """The valid invitation of that token; raises NotFound."""
    found = Invitation.objects.select_related("campaign", "created_by").filter(token_hash=token_hash(token)).first()
    if found is None or not is_valid(found, timezone.now()):
        raise NotFound(NOT_VALID)
    return found


def membership_by(user: User, token: str) -> Membership | None:
    """The user's membership in the campaign of that token's invitation, whatever became of it since.

    Raises Forbidden for who is banned.
    """
    invited = Membership.objects.filter(campaign__invitations__token_hash=token_hash(token), user=user).first()
    return admitted(invited) if invited is not None else None


def is_valid(invitation: Invitation, now: datetime) -> bool:
    """Whether it still works: not revoked, not expired, not used up."""
    if invitation.revoked_at is not None:
        return False
    if invitation.expires_at is not None and invitation.expires_at <= now:
        return False
    return invitation.max_uses is None or invitation.uses < invitation.max_uses


def accept_invitation(user: User, token: str) -> tuple[Membership, bool]:
    """The user's membership and whether it is new. Only a new one counts as a use.

    Raises NotFound for an invitation that is not valid, Forbidden for a banned user.
    """
    with transaction.atomic():
        locked = Invitation.objects.select_for_update().filter(token_hash=token_hash(token)).first()
        if locked is None:
            raise NotFound(NOT_VALID)
        existing = Membership.objects.filter(campaign=locked.campaign_id, user=user).first()
        if existing is not None:
            return admitted(existing), False
        if not is_valid(locked, timezone.now()):
            raise NotFound(NOT_VALID)
        # Another invitation, accepted in another tab, is not held up by this one's lock.
        membership, created = Membership.objects.get_or_create(
            campaign_id=locked.campaign_id, user=user, defaults={"role": locked.role}
        )
        if not created:
            return admitted(membership), False
        locked.uses += 1
        locked.save(update_fields=["uses"])
        return membership, True


@receiver([post_save, post_delete], sender=Membership)
def _only_a_dms_invitations_hold(sender: type[Membership], instance: Membership, signal: Signal, **kwargs: Any) -> None:
    # A banned, removed or demoted member could come back with a link of their own, even as DM.
    if signal is post_delete or instance.banned or instance.role != Role.DM:
        Invitation.objects.filter(campaign=instance.campaign_id, created_by=instance.user_id, revoked_at=None).update(
            revoked_at=timezone.now()
        )


def token_hash(token: str) -> str:
    """The hash that is stored instead of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def admitted(membership: Membership) -> Membership:
    """The membership itself; raises Forbidden if it is banned."""
    if membership.banned:
        raise Forbidden("You are banned from this campaign. Only its Dungeon Master can lift the ban.")
    return membership
