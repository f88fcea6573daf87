"""REST for roll tables: the tables that a user may draw from."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from game.engine.rest import REFUSALS, SESSION_ID, seat_of
from game.roles import Role
from game.roll_tables.editing import tables_of
from game.roll_tables.models import RollTable


class RollTableSerializer(serializers.Serializer[object]):
    """A roll table. `rows`, `left` and `players_may_draw` are for DMs, and null for others."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    with_replacement = serializers.BooleanField(
        help_text="If false, the table is a deck: drawn rows stay out until a DM resets it."
    )
    rows = serializers.IntegerField(allow_null=True, help_text="The number of rows.")
    left = serializers.IntegerField(allow_null=True, help_text="The number of rows that can be drawn now.")
    players_may_draw = serializers.BooleanField(allow_null=True)


class RollTablesSerializer(serializers.Serializer[object]):
    """The tables of a session's campaign, by name."""

    results = RollTableSerializer(many=True)


class RollTables(APIView):
    """The roll tables of a session's campaign."""

    @extend_schema(
        operation_id="session_tables", parameters=[SESSION_ID], responses={200: RollTablesSerializer, **REFUSALS}
    )
    def get(self, request: Request, session_id: str) -> Response:
        """The tables that this user may draw from: all of them for a DM, the open ones for players."""
        membership, session = seat_of(request, session_id)
        tables = tables_of(session.campaign)
        match Role(membership.role):
            case Role.DM:
                return Response({"results": [_for_dm(table) for table in tables]})
            case Role.PLAYER:
                open_ones = tables.filter(players_may_draw=True)
                return Response({"results": [_for_player(table) for table in open_ones]})
            case _:
                return Response({"results": []})


def _for_player(table: RollTable) -> dict[str, Any]:
    """Without the rows, and without their number."""
    named = {"id": table.pk, "name": table.name, "with_replacement": table.with_replacement}
    return named | dict.fromkeys(("rows", "left", "players_may_draw"))


def _for_dm(table: Any) -> dict[str, Any]:
    counts = {"rows": table.total, "left": table.left, "players_may_draw": table.players_may_draw}
    return _for_player(table) | counts


roll_table_api_urlpatterns = [
    path("api/sessions/<str:session_id>/tables/", RollTables.as_view(), name="session-tables"),
]
