"""Invitations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from game.campaign.admin_scope import CampaignScoped
from game.campaign.invitations import is_valid, issue
from game.campaign.models import Invitation


@admin.register(Invitation)
class InvitationAdmin(CampaignScoped):
    """Links into a campaign. A link is shown once, when it is made; after that it can be revoked only."""

    list_display = ("__str__", "campaign", "role", "created_by", "created_at", "expires_at", "uses", "max_uses", "open")
    list_filter = (("campaign", admin.RelatedOnlyFieldListFilter), "role")
    list_select_related = ("campaign", "created_by")
    actions = ("revoke",)

    def get_fields(self, request: HttpRequest, obj: Invitation | None = None) -> tuple[str, ...]:
        """What is decided when it is made, and later what became of it."""
        decided = ("campaign", "role", "expires_at", "max_uses")
        return decided if obj is None else (*decided, "uses", "created_by", "created_at", "revoked_at")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: an invitation stays as it was created."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: it stays known who joined by it."""
        return False

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Users who manage the campaign; the list holds no others."""
        return self.is_own(request)

    @admin.display(boolean=True, description="active")
    def open(self, invitation: Invitation) -> bool:
        """Whether the link still lets anybody in."""
        return is_valid(invitation, timezone.now())

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        """Make the invitation and show its link, this once."""
        obj.created_by = request.user
        path = reverse("game:join", args=[issue(obj)])
        link = settings.PUBLIC_URL + path if settings.PUBLIC_URL else request.build_absolute_uri(path)
        self.message_user(request, f"This link is shown only once: {link}", messages.WARNING)

    @admin.action(description="Revoke", permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Revoke the chosen invitations."""
        for invitation in queryset.filter(revoked_at=None):
            invitation.revoked_at = timezone.now()
            invitation.save(update_fields=["revoked_at"])
            self.message_user(request, f"Revoked: {invitation}", messages.SUCCESS)
