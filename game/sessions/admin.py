"""Sessions."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from game.campaign.admin_scope import CampaignScoped
from game.engine.models import Session
from game.sessions import ending


@admin.register(Session)
class SessionAdmin(CampaignScoped):
    """The sittings of a campaign. They are ended and reopened by the actions of the list."""

    list_display = ("title", "campaign", "created_at", "ended_at", "seq")
    list_filter = (("campaign", admin.RelatedOnlyFieldListFilter), ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("campaign",)
    search_fields = ("title",)
    fields = ("campaign", "title", "created_at", "ended_at", "opened_at", "seq")
    readonly_fields = ("created_at", "ended_at", "opened_at", "seq")
    actions = ("end", "reopen")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Superusers: its log goes with it."""
        return request.user.is_superuser

    @admin.action(description="End", permissions=["change"])
    def end(self, request: HttpRequest, queryset: QuerySet[Session]) -> None:
        """End the chosen sessions. They take no more messages."""
        self._each(request, queryset, ending.end, "Ended")

    @admin.action(description="Reopen", permissions=["change"])
    def reopen(self, request: HttpRequest, queryset: QuerySet[Session]) -> None:
        """Let the chosen sessions go on."""
        self._each(request, queryset, ending.reopen, "Reopened")

    def _each(self, request: HttpRequest, queryset: QuerySet[Session], act: Callable[[int], None], done: str) -> None:
        for session in queryset:
            act(session.pk)
            self.message_user(request, f"{done}: {session}", messages.SUCCESS)
