"""REST for macros and the hotbar."""

from __future__ import annotations

import re
from typing import Any, cast

from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from accounts.models import User
from game.campaign import converters  # noqa: F401  (`id`)
from game.campaign.membership import membership_of
from game.errors import Conflict, Forbidden, NotFound, Refused
from game.macros.macros import bars_of, change_macro, create_macro, delete_macro, set_slots, visible_macros
from game.macros.models import Macro
from game.protocol import MAX_INTEGER

STATUSES: dict[type[Refused], int] = {
    NotFound: status.HTTP_404_NOT_FOUND,
    Forbidden: status.HTTP_403_FORBIDDEN,
    Conflict: status.HTTP_409_CONFLICT,
}


class MacroSerializer(serializers.ModelSerializer[Macro]):
    """A macro; `text` is what could be typed where one speaks, each of its lines (at most 5) sent by itself."""

    owner_id = serializers.IntegerField(read_only=True)
    character_id = serializers.IntegerField(
        allow_null=True,
        required=False,
        min_value=1,
        max_value=MAX_INTEGER,
        help_text="The owner's character that it is for; null: for all of them.",
    )

    class Meta:
        model = Macro
        fields = ("id", "owner_id", "character_id", "name", "text", "shared")


class HotbarSerializer(serializers.Serializer[object]):
    """What lies on the keys of one of the user's characters; without a character, on those of all of them."""

    character_id = serializers.IntegerField(
        allow_null=True, required=False, default=None, min_value=1, max_value=MAX_INTEGER
    )
    slots = serializers.DictField(
        child=serializers.IntegerField(allow_null=True, min_value=1, max_value=MAX_INTEGER),
        help_text="From a key, `0` to `9`, to the id of a macro; null takes it away. Keys that are not named stay.",
    )

    def validate_slots(self, slots: dict[str, int | None]) -> dict[int, int | None]:
        """The keys as numbers; raises ValidationError for what is no key."""
        if strange := [key for key in slots if not re.fullmatch("[0-9]", key)]:
            raise serializers.ValidationError(f"A key is a digit, 0 to 9, not {strange[0][:20]!r}.")
        return {int(key): macro_id for key, macro_id in slots.items()}


class HotbarsSerializer(serializers.Serializer[object]):
    """All bars of the user that have something on them."""

    bars = HotbarSerializer(many=True)


class MacrosSerializer(HotbarsSerializer):
    """What a user may run in a campaign, own macros and shared ones, and the bars."""

    results = MacroSerializer(many=True)


class Changes(UserRateThrottle):
    """More than anybody makes by hand."""

    scope = "macros"
    rate = "120/min"


class MacroView(APIView):
    """What all addresses of macros have in common."""

    def get_throttles(self) -> list[Any]:
        """Reading is free."""
        return [] if self.request.method == "GET" else [Changes()]

    def handle_exception(self, exc: Exception) -> Response:
        """A refusal is an answer."""
        if isinstance(exc, Refused):
            refusal = APIException(exc.message)
            refusal.status_code = STATUSES[type(exc)]
            return super().handle_exception(refusal)
        return super().handle_exception(exc)


def _user(request: Request) -> User:
    return cast(User, request.user)  # nobody does not come so far


def _number(name: str) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.INT64, OpenApiParameter.PATH)


CAMPAIGN, MACRO = _number("campaign_id"), _number("macro_id")
REFUSALS: dict[int, OpenApiResponse] = {
    401: OpenApiResponse(description="Nobody: no token, or one that no longer holds."),
    404: OpenApiResponse(description="No such campaign, macro or character, or not one that the user may see."),
}
WRITING = REFUSALS | {
    400: OpenApiResponse(description="A field is not as it must be; says which and why."),
    403: OpenApiResponse(description="Spectators have no macros; a shared one is changed by its owner and DMs."),
    429: OpenApiResponse(description="More than 120 changes a minute."),
}


class Macros(MacroView):
    """A user's macros in a campaign."""

    @extend_schema(operation_id="macros", parameters=[CAMPAIGN], responses={200: MacrosSerializer, **REFUSALS})
    def get(self, request: Request, campaign_id: int) -> Response:
        """One's own macros, the shared ones, and what lies on the keys of one's hotbars."""
        membership = membership_of(_user(request), campaign_id)
        found = visible_macros(membership.user_id, campaign_id)
        return Response({"results": MacroSerializer(found, many=True).data, "bars": bars_of(membership)})

    @extend_schema(
        operation_id="macro_create",
        parameters=[CAMPAIGN],
        request=MacroSerializer,
        responses={
            201: MacroSerializer,
            409: OpenApiResponse(description="The user has 50 macros in this campaign."),
            **WRITING,
        },
    )
    def post(self, request: Request, campaign_id: int) -> Response:
        """A new macro; `shared` by a DM only."""
        asked = MacroSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        macro = create_macro(_user(request), campaign_id, asked.validated_data)
        return Response(MacroSerializer(macro).data, status=status.HTTP_201_CREATED)


class OneMacro(MacroView):
    """A macro that one may change."""

    @extend_schema(
        operation_id="macro_change",
        parameters=[CAMPAIGN, MACRO],
        request=MacroSerializer(partial=True),
        responses={200: MacroSerializer, **WRITING},
    )
    def patch(self, request: Request, campaign_id: int, macro_id: int) -> Response:
        """Change what is named and leave the rest."""
        asked = MacroSerializer(data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        return Response(MacroSerializer(change_macro(_user(request), campaign_id, macro_id, asked.validated_data)).data)

    @extend_schema(operation_id="macro_delete", parameters=[CAMPAIGN, MACRO], responses={204: None, **WRITING})
    def delete(self, request: Request, campaign_id: int, macro_id: int) -> Response:
        """Delete it; it goes from all bars."""
        delete_macro(_user(request), campaign_id, macro_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class Hotbar(MacroView):
    """The keys of a user's hotbar."""

    @extend_schema(
        operation_id="hotbar",
        parameters=[CAMPAIGN],
        request=HotbarSerializer,
        responses={200: HotbarsSerializer, **WRITING},
    )
    def patch(self, request: Request, campaign_id: int) -> Response:
        """Put macros on keys, all of them or none; a character's bar falls back to the one without a character."""
        asked = HotbarSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return Response({"bars": set_slots(_user(request), campaign_id, **asked.validated_data)})


macros_api_urlpatterns = [
    path("api/campaigns/<id:campaign_id>/macros/", Macros.as_view(), name="macros"),
    path("api/campaigns/<id:campaign_id>/macros/<id:macro_id>/", OneMacro.as_view(), name="macro"),
    path("api/campaigns/<id:campaign_id>/hotbar/", Hotbar.as_view(), name="hotbar"),
]
