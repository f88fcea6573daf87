"""A campaign, its members, the invitations to it, and the characters that they play."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from game.roles import Role


class Campaign(models.Model):
    """What a group plays together, over many sessions."""

    name = models.CharField(max_length=120)
    description = models.TextField(blank=True, max_length=4000)
    allows_reported_rolls = models.BooleanField(
        "allow physical dice",
        default=True,
        help_text="Players may report rolls of dice that they threw by hand. They are marked as reported.",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Deleted: nobody is a member any more, and its rows are being removed.
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    members: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="campaigns"
    )

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A user's role in a campaign. A banned member stays listed and stays out."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.PLAYER)
    banned = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("campaign_id", "id")
        constraints = [
            models.UniqueConstraint(fields=("campaign", "user"), name="one_membership_per_campaign_and_user"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.campaign}"


class Invitation(models.Model):
    """A link that lets people join a campaign. Only the token's SHA-256 is stored."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.PLAYER)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="Empty: never.")
    max_uses = models.PositiveIntegerField(null=True, blank=True, help_text="Empty: as often as wanted.")
    uses = models.PositiveIntegerField(default=0, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_is_known"),
            models.CheckConstraint(
                condition=Q(max_uses__isnull=True) | Q(uses__lte=F("max_uses")), name="invitation_not_used_too_often"
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk} to {self.campaign}"


class Character(models.Model):
    """A character of one campaign, played by its owner."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="characters")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="characters")
    name = models.CharField(max_length=80)
    colour = models.CharField(
        max_length=7, default="#5b8f8a", validators=[RegexValidator(r"^#[0-9a-f]{6}$", "A colour like #5b8f8a.")]
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("name", "id")
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="character_has_a_name")]

    def __str__(self) -> str:
        return self.name
