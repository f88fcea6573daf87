"""REST for macros and the hotbar."""

from __future__ import annotations

import re

from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from game.campaign import converters  # noqa: F401  (`id`)
from game.campaign.membership import membership_of
from game.engine.rest import CAMPAIGN_ID, INVALID, REFUSALS, WriteThrottle, checked, number, user_of
from game.macros.macros import bars_of, change_macro, create_macro, delete_macro, set_slots, visible_macros
from game.macros.models import MAX_LINES, MAX_NAME, MAX_TEXT, Macro, few_lines, one_line
from game.protocol import MAX_INTEGER

MACRO_ID = number("macro_id")
WRITING = {
    403: OpenApiResponse(description="Spectators can't have macros. Only its owner and DMs can change a shared macro."),
    429: OpenApiResponse(description="More than 120 changes in a minute."),
    **INVALID,
    **REFUSALS,
}


# What the model's validators say, in the regular expressions that OpenAPI has.
_SIGN = r"\u0000-\u001f\u007f\u2028\u2029"
NAME = {"type": "string", "maxLength": MAX_NAME, "pattern": rf"^[^{_SIGN}]*[^\s{_SIGN}][^{_SIGN}]*$"}
_LINE = r"[^\s\u0000][^\r\n\u0000]*"
TEXT = {"type": "string", "maxLength": MAX_TEXT, "pattern": rf"^\s*({_LINE}([\r\n]\s*|$)){{1,{MAX_LINES}}}$"}
_SLOT = {"type": "integer", "nullable": True, "minimum": 1, "maximum": MAX_INTEGER}
SLOTS = {"type": "object", "properties": {str(key): _SLOT for key in range(10)}, "additionalProperties": False}


@extend_schema_field(NAME)
class NameField(serializers.CharField):
    """A line."""


@extend_schema_field(TEXT)
class TextField(serializers.CharField):
    """A few lines."""


@extend_schema_field(SLOTS)
class SlotsField(serializers.DictField):
    """Macros by key."""


class MacroSerializer(serializers.ModelSerializer[Macro]):
    """A macro. `text` is what its owner could type into the chat; each line (at most 5) is sent separately."""

    owner_id = serializers.IntegerField(read_only=True)
    character_id = serializers.IntegerField(
        allow_null=True,
        required=False,
        min_value=1,
        max_value=MAX_INTEGER,
        help_text="The owner's character that this macro belongs to; null for all of them.",
    )

    name = NameField(max_length=MAX_NAME, validators=[one_line])
    text = TextField(max_length=MAX_TEXT, validators=[few_lines])

    class Meta:
        model = Macro
        fields = ("id", "owner_id", "character_id", "name", "text", "shared")


class HotbarSerializer(serializers.Serializer[object]):
    """The macros on the keys of one of the user's characters; without a character, of all of them."""

    character_id = serializers.IntegerField(
        allow_null=True, required=False, default=None, min_value=1, max_value=MAX_INTEGER
    )
    slots = SlotsField(
        child=serializers.IntegerField(allow_null=True, min_value=1, max_value=MAX_INTEGER),
        help_text="Maps a key, `0` to `9`, to a macro's id; null removes it. Other keys stay as they are.",
    )

    def validate_slots(self, slots: dict[str, int | None]) -> dict[int, int | None]:
        """The keys as numbers; raises ValidationError for anything else."""
        if strange := [key for key in slots if not re.fullmatch("[0-9]", key)]:
            raise serializers.ValidationError(f"A key must be a digit from 0 to 9, not {strange[0][:20]!r}.")
        return {int(key): macro_id for key, macro_id in slots.items()}


class HotbarsSerializer(serializers.Serializer[object]):
    """The user's hotbars that have something on them."""

    bars = HotbarSerializer(many=True)


class MacrosSerializer(HotbarsSerializer):
    """The macros that a user can run in a campaign, their own and shared ones, and their hotbars."""

    results = MacroSerializer(many=True)


class Changes(WriteThrottle):
    """More than anybody can make by hand."""

    scope = "macros"
    rate = "120/min"


class Macros(APIView):
    """A user's macros in a campaign."""

    throttle_classes = (Changes,)

    @extend_schema(operation_id="macros", parameters=[CAMPAIGN_ID], responses={200: MacrosSerializer, **REFUSALS})
    def get(self, request: Request, campaign_id: int) -> Response:
        """Your own macros, the shared ones, and your hotbars."""
        membership = membership_of(user_of(request), campaign_id)
        found = visible_macros(membership.user_id, campaign_id)
        return Response({"results": MacroSerializer(found, many=True).data, "bars": bars_of(membership)})

    @extend_schema(
        operation_id="macro_create",
        parameters=[CAMPAIGN_ID],
        request=MacroSerializer,
        responses={
            201: MacroSerializer,
            409: OpenApiResponse(description="The user already has 50 macros in this campaign."),
            **WRITING,
        },
    )
    def post(self, request: Request, campaign_id: int) -> Response:
        """Create a macro. Only a DM can set `shared`."""
        macro = create_macro(user_of(request), campaign_id, checked(MacroSerializer, request.data))
        return Response(MacroSerializer(macro).data, status=status.HTTP_201_CREATED)


class OneMacro(APIView):
    """A macro that the user may change."""

    throttle_classes = (Changes,)

    @extend_schema(
        operation_id="macro_change",
        parameters=[CAMPAIGN_ID, MACRO_ID],
        request=MacroSerializer(partial=True),
        responses={200: MacroSerializer, **WRITING},
    )
    def patch(self, request: Request, campaign_id: int, macro_id: int) -> Response:
        """Change the given fields and leave the rest."""
        fields = checked(MacroSerializer, request.data, partial=True)
        return Response(MacroSerializer(change_macro(user_of(request), campaign_id, macro_id, fields)).data)

    @extend_schema(operation_id="macro_delete", parameters=[CAMPAIGN_ID, MACRO_ID], responses={204: None, **WRITING})
    def delete(self, request: Request, campaign_id: int, macro_id: int) -> Response:
        """Delete the macro. It is removed from all hotbars."""
        delete_macro(user_of(request), campaign_id, macro_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Hotbar(APIView):
    """The keys of a user's hotbar."""

    throttle_classes = (Changes,)

    @extend_schema(
        operation_id="hotbar",
        parameters=[CAMPAIGN_ID],
        request=HotbarSerializer,
        responses={200: HotbarsSerializer, **WRITING},
    )
    def patch(self, request: Request, campaign_id: int) -> Response:
        """Put macros on keys, all of them or none. A character's hotbar falls back to the one without a character."""
        laid = checked(HotbarSerializer, request.data)
        return Response({"bars": set_slots(user_of(request), campaign_id, **laid)})


macros_api_urlpatterns = [
    path("api/campaigns/<id:campaign_id>/macros/", Macros.as_view(), name="macros"),
    path("api/campaigns/<id:campaign_id>/macros/<id:macro_id>/", OneMacro.as_view(), name="macro"),
    path("api/campaigns/<id:campaign_id>/hotbar/", Hotbar.as_view(), name="hotbar"),
]
