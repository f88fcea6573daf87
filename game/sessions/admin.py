"""Sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from game.campaign.admin_scope import CampaignScoped, what_goes
from game.engine.admin import sentence
from game.engine.models import LogEntry, Session
from game.sessions import ending
from game.sessions.deletion import delete_session
from game.sessions.events import SessionStatus


class StateFilter(admin.SimpleListFilter):
    """Open sessions, or those that have ended."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Both."""
        return [("open", "Open"), ("ended", "Ended")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The chosen ones."""
        return queryset if self.value() is None else queryset.filter(ended_at__isnull=self.value() == "open")


@admin.register(Session)
class SessionAdmin(CampaignScoped):
    """The sittings of a campaign. They are ended and reopened by the actions of the list."""

    list_display = ("title", "campaign", "created_at", "ended_at", "seq")
    list_filter = (("campaign", admin.RelatedOnlyFieldListFilter), StateFilter)
    list_select_related = ("campaign",)
    search_fields = ("title",)
    fields = ("campaign", "title", "created_at", "ended_at", "opened_at", "seq")
    readonly_fields = ("created_at", "ended_at", "opened_at", "seq")
    actions = ("end", "reopen")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Superusers: its log goes with it."""
        return request.user.is_superuser

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """The sessions, and how long their logs are."""
        entries = LogEntry.objects.filter(session__in=[session.pk for session in objs])
        return (*what_goes(objs, [entries]), set(), [])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """As from the list."""
        delete_session(obj.pk)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Session]) -> None:
        """At once for everybody; the logs go in portions."""
        for session in queryset:
            delete_session(session.pk)

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


@sentence(SessionStatus, "Session")
def status(said: SessionStatus) -> str:
    """Whether it is open from here on."""
    return "The session has ended" if said.ended else "The session is open again"
