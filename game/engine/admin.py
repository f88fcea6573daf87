"""The log, to read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator

from game.campaign.admin_scope import CampaignScoped
from game.engine.log.audience import visible
from game.engine.models import LogEntry
from game.roles import Role


@admin.register(LogEntry)
class LogEntryAdmin(CampaignScoped):
    """What happened at the table, as far as a DM may see it. Nobody adds, changes or deletes an entry."""

    campaign_path = "session__campaign"
    list_display = ("seq", "session", "event", "author", "excerpt", "created_at")
    list_filter = (
        "event",
        ("session", admin.RelatedOnlyFieldListFilter),
        ("author", admin.RelatedOnlyFieldListFilter),
        "created_at",
    )
    list_select_related = ("session", "author")
    search_fields = ("data",)
    ordering = ("-created_at", "-seq")
    fields = ("session", "seq", "event", "author", "data", "created_at")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The entries that the user may see: in the role of a DM, or as a superuser all."""
        entries = super().get_queryset(request)
        return entries if request.user.is_superuser else visible(entries, request.user.pk or 0, Role.DM)

    @admin.display(description="data")
    def excerpt(self, entry: LogEntry) -> str:
        """The beginning of the data."""
        return Truncator(entry.data).chars(120)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody."""
        return False
