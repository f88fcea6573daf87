"""Roll tables, and what was drawn from them in the log."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from game.campaign.admin_scope import CampaignScoped, manages
from game.dice.admin import hidden_words, with_rolls
from game.engine.admin import name_of, sentence
from game.roll_tables.drawing import Draw
from game.roll_tables.events import DrawRevealed, TableDraw, TableReset, VeiledTableDraw
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


@sentence(TableDraw, "Draw")
def draw(said: TableDraw) -> str:
    """From which table, and what came."""
    hidden = hidden_words(said.draw.visibility, revealed=said.draw.revealed)
    return f"{name_of(said.player)} draws from “{said.draw.table.name}”: {_drawn(said.draw)}{hidden}"


@sentence(VeiledTableDraw, "Draw")
def veiled_draw(said: VeiledTableDraw) -> str:
    """What the one who drew sees of a blind draw."""
    return f"{name_of(said.player)} draws blind from “{said.draw.table.name}”"


@sentence(DrawRevealed, "Draw revealed")
def revealed_draw(said: DrawRevealed) -> str:
    """Whose it was, and what came."""
    whose = f"{name_of(said.roller)}’s draw from “{said.draw.table.name}”"
    return f"{name_of(said.player)} reveals {whose}: {_drawn(said.draw)}"


@sentence(TableReset, "Table reset")
def reset(said: TableReset) -> str:
    """Which one is whole again."""
    return f"{name_of(said.player)} puts everything back into “{said.table.name}”"


def _drawn(draw: Draw) -> str:
    rows = " → ".join(with_rolls(row.text, row.rolls) or row.table for row in draw.rows)
    return f"{rows} → nothing is left in “{draw.ended_at}”" if draw.ended_at else rows
