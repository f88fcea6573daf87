"""REST beside the socket: room information, history, the API's own documentation, and the probes."""

from __future__ import annotations

import re
from contextlib import suppress

import msgspec
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from game import errors
from game.campaign.membership import membership_of
from game.campaign.models import Membership
from game.engine.log.audience import visible
from game.engine.log.history import frames_seen
from game.engine.models import LogEntry, Session
from game.engine.presence.roster import players_in
from game.engine.seats import Member
from game.protocol import MAX_INTEGER
from game.roles import Role

MAX_PAGE = 5_000

SESSION_ID = OpenApiParameter("session_id", OpenApiTypes.INT64, OpenApiParameter.PATH)
REFUSALS = {
    401: OpenApiResponse(description="Nobody: no token, or one that no longer holds."),
    404: OpenApiResponse(description="No such session, or the user is no member of its campaign."),
}


class PlayerSerializer(serializers.Serializer[object]):
    """Somebody in the room."""

    user_id = serializers.IntegerField()
    username = serializers.CharField()
    character_id = serializers.IntegerField(allow_null=True)
    character_name = serializers.CharField(allow_null=True)
    is_dm = serializers.BooleanField()
    role = serializers.ChoiceField(choices=Role.choices)
    connected_at = serializers.DateTimeField()


class RoomSerializer(serializers.Serializer[object]):
    """Who is at the table now, on whichever server process."""

    session_id = serializers.IntegerField()
    campaign_id = serializers.IntegerField()
    players = PlayerSerializer(many=True)
    player_count = serializers.IntegerField()
    created_at = serializers.DateTimeField(
        allow_null=True, help_text="When the first of those now in the room came; null when nobody is."
    )


class FrameSerializer(serializers.Serializer[object]):
    """A stored event, as it was broadcast."""

    event = serializers.CharField()
    data = serializers.DictField()  # type: ignore[assignment]  # the frame's own name for it
    seq = serializers.IntegerField()


class HistorySerializer(serializers.Serializer[object]):
    """One page of the log, oldest first."""

    results = FrameSerializer(many=True)
    next = serializers.IntegerField(allow_null=True, help_text="The next `after` or `before`; null at the end.")


class HistoryQuery(serializers.Serializer[object]):
    """Which page of the log."""

    after = serializers.IntegerField(
        required=False, min_value=0, max_value=MAX_INTEGER, help_text="The oldest frames above this seq."
    )
    before = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=MAX_INTEGER,
        help_text="The newest frames below this seq; together with `after`, an upper bound for it.",
    )
    limit = serializers.IntegerField(default=100, min_value=1, max_value=MAX_PAGE)


class RoomInfo(APIView):
    """Room information."""

    @extend_schema(operation_id="room_info", parameters=[SESSION_ID], responses={200: RoomSerializer, **REFUSALS})
    def get(self, request: Request, session_id: str) -> Response:
        """Who is in the room of a session, on every server process the same."""
        membership, session = seat_of(request, session_id)
        players = players_in(session.pk)
        return Response(
            {
                "session_id": session.pk,
                "campaign_id": membership.campaign_id,
                "players": msgspec.to_builtins(players),
                "player_count": len(players),
                "created_at": session.opened_at if players else None,
            }
        )


class History(APIView):
    """A session's log."""

    @extend_schema(
        operation_id="session_events",
        parameters=[SESSION_ID, HistoryQuery],
        responses={
            200: HistorySerializer,
            400: OpenApiResponse(description="`after`, `before` or `limit` is out of bounds; says which and why."),
            **REFUSALS,
        },
    )
    def get(self, request: Request, session_id: str) -> Response:
        """The stored frames that this user may see now, oldest first.

        With `after`: the oldest above it. With `before`, or neither: the newest below it.
        """
        membership, session = seat_of(request, session_id)
        query = HistoryQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        frames, following = _page(session, membership.user_id, Role(membership.role), **query.validated_data)
        return Response({"results": frames, "next": following})


def seat_of(request: Request, session_id: str) -> tuple[Membership, Session]:
    """The user's membership and the session, or NotFound: an unknown session looks like another's."""
    session = _session(session_id)
    if session is not None and isinstance(request.user, User):
        with suppress(errors.NotFound):
            return membership_of(request.user, session.campaign_id), session
    raise NotFound("Session not found")


def _session(session_id: str) -> Session | None:
    """The session of that id; None as well for what is no 64-bit integer."""
    if not re.fullmatch(r"-?[0-9]{1,19}", session_id) or abs(int(session_id)) > MAX_INTEGER:
        return None
    return Session.objects.filter(pk=int(session_id)).first()


def _page(
    session: Session, user_id: int, role: Role, *, limit: int, after: int | None = None, before: int | None = None
) -> tuple[list[dict[str, object]], int | None]:
    """At most `limit` frames as the user may see them, oldest first, and where the next page starts, if it does."""
    entries = visible(LogEntry.objects.filter(session=session), user_id, role)
    if after is not None:
        entries = entries.filter(seq__gt=after)
    if before is not None:
        entries = entries.filter(seq__lt=before)
    seen = frames_seen(entries.order_by("-seq" if after is None else "seq"), Member(user_id, role), limit + 1)
    following = seen[limit - 1][0] if len(seen) > limit else None
    frames: list[dict[str, object]] = [msgspec.json.decode(frame) for _, frame in seen[:limit]]
    return (frames[::-1] if after is None else frames), following
