"""Campaigns."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest

from game.campaign.admin_scope import CampaignScoped, what_goes
from game.campaign.models import Campaign, Character, Membership
from game.engine.models import LogEntry, Session
from game.lobby.admin.members import MemberInline
from game.sessions.deletion import delete_campaign


@admin.register(Campaign)
class CampaignAdmin(CampaignScoped):
    """A campaign and its members. Only a superuser creates or deletes one here."""

    campaign_path = "pk"
    list_display = ("name", "member_count", "created_at")
    search_fields = ("name",)
    ordering = ("name", "id")
    fields = ("name", "description", "allows_reported_rolls")
    inlines = (MemberInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The user's campaigns, each with its number of members."""
        members = Count("memberships", filter=Q(memberships__banned=False))
        return cast("QuerySet[Any]", super().get_queryset(request).annotate(member_count=members))

    @admin.display(description="members", ordering="member_count")
    def member_count(self, campaign: Any) -> int:
        """How many are in it, the banned not counted."""
        return int(campaign.member_count)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Superusers; a DM starts a campaign on the site's own pages."""
        return request.user.is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Superusers: its logs go with it."""
        return request.user.is_superuser

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """The campaigns, and how much hangs on them."""
        ids = [campaign.pk for campaign in objs]
        related = [model._default_manager.filter(campaign__in=ids) for model in (Session, Membership, Character)]
        return (*what_goes(objs, [*related, LogEntry.objects.filter(session__campaign__in=ids)]), set(), [])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """As from the list."""
        delete_campaign(obj.pk)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Campaign]) -> None:
        """At once for everybody; what hangs on them goes in portions."""
        for campaign in queryset:
            delete_campaign(campaign.pk)
