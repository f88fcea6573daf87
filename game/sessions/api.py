"""REST for a session: its name, and whether it is archived."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.names import validate_name
from game.campaign.archive import set_archived
from game.engine.models import Session
from game.engine.rest import INVALID, REFUSALS, SESSION_ID, WriteThrottle, checked, seat_of
from game.errors import Forbidden
from game.roles import Role


class SessionSettingsSerializer(serializers.Serializer[Session]):
    """How a session is played. There is nothing to set yet."""


class SessionSerializer(serializers.Serializer[Session]):
    """A session. An archived session works as before, and is listed separately on its campaign's page."""

    id = serializers.IntegerField(read_only=True)
    campaign_id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(max_length=120, validators=[validate_name])
    archived = serializers.BooleanField()
    ended = serializers.BooleanField(read_only=True)
    settings = SessionSettingsSerializer()


class Changes(WriteThrottle):
    """More than anybody makes by hand."""

    scope = "sessions"
    rate = "60/min"


class OneSession(APIView):
    """A session of one of the user's campaigns."""

    throttle_classes = (Changes,)

    @extend_schema(operation_id="session", parameters=[SESSION_ID], responses={200: SessionSerializer, **REFUSALS})
    def get(self, request: Request, session_id: str) -> Response:
        """Its name and settings."""
        return Response(_shown(seat_of(request, session_id)[1]))

    @extend_schema(
        operation_id="session_change",
        parameters=[SESSION_ID],
        request=SessionSerializer(partial=True),
        responses={
            200: SessionSerializer,
            403: OpenApiResponse(description="Only a Dungeon Master can change a session."),
            429: OpenApiResponse(description="More than 60 changes in a minute."),
            **INVALID,
            **REFUSALS,
        },
    )
    def patch(self, request: Request, session_id: str) -> Response:
        """Change the given fields and leave the rest. DMs only."""
        membership, session = seat_of(request, session_id)
        if membership.role != Role.DM:
            raise Forbidden("Only a Dungeon Master can do this.")
        changes = checked(SessionSerializer, request.data, partial=True)
        if "name" in changes:
            session.title = changes["name"]
            session.save(update_fields=["title"])
        if "archived" in changes:
            set_archived(session, changes["archived"])
        return Response(_shown(session))


def _shown(session: Session) -> dict[str, Any]:
    return {
        "id": session.pk,
        "campaign_id": session.campaign_id,
        "name": session.title,
        "archived": session.archived_at is not None,
        "ended": session.ended_at is not None,
        "settings": {},
    }


session_api_urlpatterns = [path("api/sessions/<str:session_id>/", OneSession.as_view(), name="api-session")]
