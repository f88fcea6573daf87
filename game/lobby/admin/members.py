"""The members of a campaign, edited within its page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest

from accounts.models import User
from game.campaign.admin_scope import manages
from game.campaign.models import Campaign, Membership
from game.roles import Role


class MemberForm(forms.ModelForm):
    """A member. A new one is named by the account's exact name: nobody browses the users."""

    username = forms.CharField(label="user name", required=False, help_text="The exact user name of an account.")

    class Meta:
        model = Membership
        fields = ("role", "banned")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["username"].initial = self.instance.user.username
            self.fields["username"].disabled = True

    def clean_username(self) -> str:
        """The name of an active account that is not listed yet."""
        name: str = self.cleaned_data["username"]
        if self.instance.pk:
            return name
        try:
            user = User.objects.get_by_natural_key(name)
        except User.DoesNotExist:
            user = None
        if user is None or not user.is_active:
            raise ValidationError("There is no account with that user name.")
        if Membership.objects.filter(campaign=self.instance.campaign_id, user=user).exists():
            raise ValidationError("This account is already listed.")
        self.instance.user = user
        return name


class MemberFormSet(forms.BaseInlineFormSet):
    """All members of a campaign. It keeps a DM, and nobody is added twice."""

    def clean(self) -> None:
        """Raise ValidationError for a name that is added twice, and where no DM would be left."""
        super().clean()
        if any(self.errors):
            return
        added = [form.instance.user_id for form in self.extra_forms if form.has_changed()]
        if len(added) > len(set(added)):
            raise ValidationError("The same account is added twice.")
        if not self._dms_after():
            raise ValidationError("A campaign needs a Dungeon Master.")

    def _dms_after(self) -> int:
        """How many DMs there will be."""
        # Lock the campaign, then look: two DMs must not demote each other at once.
        Campaign.objects.select_for_update().filter(pk=self.instance.pk).first()
        dms = set(
            Membership.objects.filter(campaign_id=self.instance.pk, role=Role.DM, banned=False).values_list(
                "pk", flat=True
            )
        )
        new = 0
        for form in self.forms:
            leads = form.cleaned_data.get("role") == Role.DM and not form.cleaned_data.get("banned")
            if not form.has_changed():
                continue
            if not form.instance.pk:
                new += leads
            elif leads and not form.cleaned_data.get("DELETE"):
                dms.add(form.instance.pk)
            else:
                dms.discard(form.instance.pk)
        return len(dms) + new


class MemberInline(admin.TabularInline):
    """Who is in the campaign, in which role, and who is banned from it."""

    model = Membership
    form = MemberForm
    formset = MemberFormSet
    fields = ("username", "role", "banned", "joined")
    readonly_fields = ("joined",)
    extra = 0
    verbose_name = "member"
    verbose_name_plural = "members"

    @admin.display(description="joined")
    def joined(self, membership: Membership) -> datetime:
        """Since when."""
        return membership.created_at

    def _is_own(self, request: HttpRequest, campaign: Model | None) -> bool:
        return manages(request.user, campaign)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Users who manage the campaign."""
        return self._is_own(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Superusers: everybody else invites, and who is invited decides."""
        return bool(request.user.is_superuser)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Users who manage the campaign."""
        return self._is_own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Users who manage the campaign."""
        return self._is_own(request, obj)
