"""REST beside the socket: room information, history, the API's own documentation, and the probes."""

from __future__ import annotations

import msgspec
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from game.engine.log.audience import visible
from game.engine.log.history import frames_seen
from game.engine.models import LogEntry, Session
from game.engine.presence.roster import players_in
from game.engine.rest import INVALID, REFUSALS, SESSION_ID, Page, PageQuery, seat_of
from game.engine.seats import Member
from game.roles import Role


class PlayerSerializer(serializers.Serializer[object]):
    """A user at the table."""

    user_id = serializers.IntegerField()
    username = serializers.CharField()
    character_id = serializers.IntegerField(allow_null=True)
    character_name = serializers.CharField(allow_null=True)
    is_dm = serializers.BooleanField()
    role = serializers.ChoiceField(choices=Role.choices)
    connected_at = serializers.DateTimeField()


class RoomSerializer(serializers.Serializer[object]):
    """The users at the table now, on all server processes."""

    session_id = serializers.IntegerField()
    campaign_id = serializers.IntegerField()
    players = PlayerSerializer(many=True)
    player_count = serializers.IntegerField()
    created_at = serializers.DateTimeField(
        allow_null=True, help_text="When the first of the present users joined; null when nobody is there."
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


class RoomInfo(APIView):
    """Room information."""

    @extend_schema(operation_id="room_info", parameters=[SESSION_ID], responses={200: RoomSerializer, **REFUSALS})
    def get(self, request: Request, session_id: str) -> Response:
        """The users at a session's table. Every server process gives the same answer."""
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
        parameters=[SESSION_ID, PageQuery],
        responses={200: HistorySerializer, **INVALID, **REFUSALS},
    )
    def get(self, request: Request, session_id: str) -> Response:
        """The stored frames that this user may see now, oldest first.

        With `after`: the oldest above it. With `before`, or neither: the newest below it.
        """
        membership, session = seat_of(request, session_id)
        frames, following = _page(session, membership.user_id, Role(membership.role), Page.of(request))
        return Response({"results": frames, "next": following})


def _page(session: Session, user_id: int, role: Role, page: Page) -> tuple[list[dict[str, object]], int | None]:
    """A page of frames as the user may see them, oldest first, and where the next one starts, if there is one."""
    entries = page.bounds(visible(LogEntry.objects.filter(session=session), user_id, role), "seq")
    frames, following = page.cut(frames_seen(entries, Member(user_id, role), page.limit + 1))
    return [msgspec.json.decode(frame) for frame in frames], following
