"""REST beside the socket: room information, history, the API's own documentation, and the probes."""

from __future__ import annotations

import msgspec
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle, UserRateThrottle
from rest_framework.views import APIView

from game.engine.log.audience import visible
from game.engine.log.history import page_seen
from game.engine.models import LogEntry
from game.engine.presence.roster import players_in
from game.engine.rest import INVALID, REFUSALS, SESSION_ID, Page, PageQuery, seat_of
from game.engine.seats import Member
from game.engine.streams import json_answer
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


class Reading(UserRateThrottle):
    """A page counts once, and once more for each 256 KiB of it: some 300 MiB a minute for one user."""

    scope = "history"
    rate = "1200/min"
    unit = 256 * 1024
    minute = 60
    history: list[float]
    num_requests: int  # in a minute; REST framework reads it out of `rate`

    def charge(self, size: int) -> None:
        """Count what was answered, in bytes."""
        self.history = [self.now] * (size // self.unit) + self.history
        self.cache.set(self.key, self.history, self.minute)

    def wait(self) -> float | None:
        """Seconds until enough of what counted is a minute old."""
        since: float = self.now - self.history[self.num_requests - 1]
        return self.minute - since


class History(APIView):
    """A session's log."""

    def get_throttles(self) -> list[BaseThrottle]:
        """One, which is told afterwards how much was read."""
        self._reading = Reading()
        return [self._reading]

    @extend_schema(
        operation_id="session_events",
        parameters=[SESSION_ID, PageQuery],
        responses={
            200: HistorySerializer,
            429: OpenApiResponse(
                description="More than 1,200 pages or 300 MiB in a minute; `Retry-After` says when to try again."
            ),
            **INVALID,
            **REFUSALS,
        },
    )
    def get(self, request: Request, session_id: str) -> HttpResponseBase:
        """The stored frames that this user may see now, oldest first.

        With `after`: the oldest above it. With `before`, or neither: the newest below it. Fewer than `limit` come where
        they would be more than 1 MiB.
        """
        membership, session = seat_of(request, session_id)
        asked = Page.of(request)
        viewer = Member(membership.user_id, Role(membership.role))
        entries = visible(LogEntry.objects.filter(session=session), viewer.user_id, viewer.role)
        page = page_seen(asked.within(entries, "seq"), viewer, asked.limit, newest_first=asked.newest_first)
        frames = reversed(page.frames) if asked.newest_first else page.frames
        body = b'{"results":[%s],"next":%s}' % (b",".join(frames), msgspec.json.encode(page.following))
        self._reading.charge(len(body))
        return json_answer([body])
