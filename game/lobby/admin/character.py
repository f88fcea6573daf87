"""Characters."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.models import User
from game.campaign.admin_scope import CampaignScoped
from game.campaign.models import Character, Membership


class CharacterForm(forms.ModelForm):
    """A character whose owner is a member of its campaign."""

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for an owner who is not in the campaign."""
        values = super().clean() or {}
        campaign, owner = values.get("campaign") or self.instance.campaign_id, values.get("owner")
        if campaign and owner and not Membership.objects.filter(campaign=campaign, user=owner).exists():
            raise ValidationError({"owner": "This user is not a member of the campaign."})
        return values


@admin.register(Character)
class CharacterAdmin(CampaignScoped):
    """Who plays whom."""

    form = CharacterForm
    list_display = ("name", "owner", "campaign", "created_at")
    list_filter = (("campaign", admin.RelatedOnlyFieldListFilter), ("owner", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("owner", "campaign")
    search_fields = ("name", "owner__username")
    fields = ("campaign", "owner", "name", "colour")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """Once the campaign is chosen, its members are offered as owners."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None and "owner" in form.base_fields:
            members = User.objects.filter(memberships__campaign=obj.campaign_id)
            cast(forms.ModelChoiceField, form.base_fields["owner"]).queryset = members
        return form
