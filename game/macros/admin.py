"""Macros."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from game.campaign.admin_scope import CampaignScoped
from game.macros.models import Macro


@admin.register(Macro)
class MacroAdmin(CampaignScoped):
    """What a campaign shares, and the DM's own. They are made at the table."""

    list_display = ("name", "owner", "campaign", "shared", "created_at")
    list_filter = (
        "shared",
        ("campaign", admin.RelatedOnlyFieldListFilter),
        ("owner", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("owner", "campaign")
    search_fields = ("name", "text", "owner__username")
    fields = ("campaign", "owner", "character", "name", "text", "shared")
    readonly_fields = ("owner", "character")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What the user may see at the table, or as a superuser all: what a player keeps for themselves is theirs."""
        macros = super().get_queryset(request)
        return macros if request.user.is_superuser else macros.filter(Q(shared=True) | Q(owner=request.user.pk))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False
