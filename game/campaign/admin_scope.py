"""What a DM may see and touch in the admin: the campaigns that are theirs, and nothing else.

No Django permission is asked. Being staff opens the admin, being DM opens a campaign, a superuser has all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from accounts.models import User
from game.campaign.models import Campaign
from game.roles import Role


def campaigns_of(user: User | AnonymousUser) -> QuerySet[Campaign]:
    """The campaigns that this user manages in the admin."""
    if not (user.is_active and user.is_staff):
        return Campaign.objects.none()
    if user.is_superuser:
        return Campaign.objects.filter(deleted_at=None)
    return Campaign.objects.filter(memberships__user=user.pk, memberships__role=Role.DM, memberships__banned=False)


def manages(user: User | AnonymousUser, campaign: Model | None = None) -> bool:
    """Whether the user manages this campaign; without one, whether there is anything to manage."""
    own = campaigns_of(user)
    if campaign is None:
        return user.is_superuser or own.exists()
    return own.filter(pk=campaign.pk).exists()


class CampaignScoped(admin.ModelAdmin):
    """Shows and changes only what belongs to the user's own campaigns.

    What belongs to a campaign stays there: `campaign` can be chosen once, when the object is made.
    """

    campaign_path: ClassVar[str] = "campaign"  # from the model to its campaign
    list_per_page = 50

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, under the name of what it lists."""
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The objects of the user's campaigns."""
        return super().get_queryset(request).filter(**{f"{self.campaign_path}__in": campaigns_of(request.user)})

    def is_own(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether the user manages the object; without one, whether there is anything to manage."""
        if obj is None:
            return manages(request.user)
        return self.get_queryset(request).filter(pk=obj.pk).exists()

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whether the index lists it."""
        return self.is_own(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Own campaigns only."""
        return self.is_own(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Own campaigns only; the form offers no others."""
        return self.is_own(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Own campaigns only."""
        return self.is_own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Own campaigns only."""
        return self.is_own(request, obj)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """The objects deleted with these. A user who may delete a campaign or a session may delete its contents."""
        objects, counts, _refused, protected = super().get_deleted_objects(objs, request)
        return objects, counts, set(), protected

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the filters at the side offer: a lookup along a relation would answer guesses about others."""
        names = {_name_of(item) for item in self.get_list_filter(request)}
        return lookup.split("__")[0] in names and super().lookup_allowed(lookup, value, request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The campaign too, once it is chosen."""
        fixed = tuple(super().get_readonly_fields(request, obj))
        return (*fixed, "campaign") if obj is not None and self.campaign_path == "campaign" else fixed

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        """Offer the user's own campaigns, and their members."""
        own = campaigns_of(request.user)
        if db_field.related_model is Campaign:
            kwargs["queryset"] = own
        elif db_field.related_model is User:
            kwargs["queryset"] = User.objects.filter(memberships__campaign__in=own).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        """Write what the form changed and nothing else: a session's seq moves while its form is open."""
        obj.save(update_fields=form.changed_data) if change else obj.save()


def what_goes(objects: Iterable[Model], related: Iterable[QuerySet[Any]]) -> tuple[list[str], dict[str, int]]:
    """What a page says that is deleted: the objects themselves, and of what hangs on them how many.

    A list of a hundred thousand log entries would be megabytes.
    """
    chosen = list(objects)
    kinds = {item._meta.verbose_name_plural: len(chosen) for item in chosen}
    counts = kinds | {found.model._meta.verbose_name_plural: found.count() for found in related}
    named = [f"{str(item._meta.verbose_name).capitalize()}: {item}" for item in chosen]
    return named, {str(name): count for name, count in counts.items() if count}


def _name_of(offered: Any) -> str:
    """What a filter at the side looks up: a field, or the parameter of one of its own."""
    if isinstance(offered, type) and issubclass(offered, admin.SimpleListFilter):
        return str(offered.parameter_name)
    return str(offered if isinstance(offered, str) else offered[0])
