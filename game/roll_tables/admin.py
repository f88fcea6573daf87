"""Roll tables."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from game.campaign.admin_scope import CampaignScoped, manages
from game.roll_tables.models import RollTable, RollTableRow


class RowInline(admin.TabularInline):
    """The rows, to read: they are changed on the campaign's pages, where what they lead to is checked."""

    model = RollTableRow
    fk_name = "table"
    fields = readonly_fields = ("weight", "text", "leads_to", "drawn")
    extra = 0
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Users who manage the campaign."""
        return manages(request.user, obj.campaign if obj else None)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody here."""
        return False


@admin.register(RollTable)
class RollTableAdmin(CampaignScoped):
    """What the DMs of a campaign prepared to be drawn from."""

    list_display = ("name", "campaign", "with_replacement", "players_may_draw", "created_at")
    list_filter = (("campaign", admin.RelatedOnlyFieldListFilter), "with_replacement", "players_may_draw")
    list_select_related = ("campaign",)
    search_fields = ("name",)
    fields = ("campaign", "name", "with_replacement", "players_may_draw")
    inlines = (RowInline,)
