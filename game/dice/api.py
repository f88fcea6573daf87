"""REST for dice: the odds of a formula, and a session's rolls as a file that can be checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from django.db.models import Q
from django.http.response import HttpResponseBase
from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle, UserRateThrottle
from rest_framework.views import APIView

from game.dice.rules.distribution import NotComputable, distribution
from game.dice.rules.fairness import export
from game.dice.rules.fairness.export import Event, draw_of, rolls_of
from game.dice.rules.lexer import MAX_CHARACTERS, DiceError
from game.dice.visible_rolls import DRAWS, ROLLS, events
from game.engine.log.history import PORTION
from game.engine.models import LogEntry
from game.engine.rest import INVALID, REFUSALS, SESSION_ID, checked, seat_of
from game.engine.streams import WHOLE, json_answer
from game.errors import NotFound
from game.protocol import MAX_INTEGER
from game.roles import Role

SEEDS = Q(event__in=("fairness_commit", "fairness_rotate", "seed_set", "session_status"))


class ExportQuery(serializers.Serializer[object]):
    """Which rolls."""

    roll = serializers.IntegerField(
        required=False, min_value=1, max_value=MAX_INTEGER, help_text="The seq of a single roll."
    )


class Downloads(UserRateThrottle):
    """A whole session is read for each."""

    scope = "downloads"
    rate = "10/min"


class Proofs(UserRateThrottle):
    """The seeds of a session are read for each, and one roll."""

    scope = "proofs"
    rate = "60/min"


class RollExport(APIView):
    """A session's rolls, to be checked."""

    def get_throttles(self) -> list[BaseThrottle]:
        """One roll is had more often than all of them."""
        return [Proofs() if "roll" in self.request.query_params else Downloads()]

    @extend_schema(
        operation_id="session_fairness",
        parameters=[SESSION_ID, ExportQuery],
        responses={
            200: OpenApiResponse(
                response={"type": "object"},
                description="A file for `python -m game.dice.verify`; docs/fairness.md explains its fields.",
            ),
            429: OpenApiResponse(description="More than 10 requests in a minute, or 60 for single rolls."),
            **INVALID,
            **REFUSALS,
        },
    )
    def get(self, request: Request, session_id: str) -> HttpResponseBase:
        """The rolls that this user may see now, and the events needed to check them."""
        membership, session = seat_of(request, session_id)
        seq: int | None = checked(ExportQuery, request.query_params).get("roll")
        viewer = membership.user_id, Role(membership.role)
        entries = LogEntry.objects.filter(session=session)
        proved = ROLLS | DRAWS
        if seq is not None and not any(map(_is_proved, events(entries.filter(proved, seq=seq), *viewer))):
            raise NotFound("There is no such roll.")
        entries = entries.filter(SEEDS | (proved if seq is None else proved & Q(seq=seq)))
        response = _written(export.Writing(session.pk, seq), events(entries, *viewer))
        response["Content-Disposition"] = f'attachment; filename="rollscape-session-{session.pk}-rolls.json"'
        return response


def _is_proved(event: Event) -> bool:
    return next(rolls_of(event), None) is not None or draw_of(event) is not None


def _written(writing: export.Writing, found: Iterator[Event]) -> HttpResponseBase:
    begun = [writing.opening().encode()]
    size = 0
    for event in found:
        begun.append(writing.event(event).encode())
        size += len(begun[-1])
        if size > WHOLE:
            return json_answer(begun, partial(next, _rest(writing, found), b""))
    return json_answer([*begun, writing.end().encode()])


def _rest(writing: export.Writing, found: Iterator[Event]) -> Iterator[bytes]:
    """A few events at a time."""
    while part := "".join(writing.event(event) for event in islice(found, PORTION)):
        yield part.encode()
    yield writing.end().encode()


class PreviewQuery(serializers.Serializer[object]):
    """What is asked about."""

    formula = serializers.CharField(
        required=False, allow_blank=True, help_text=f"What is longer than {MAX_CHARACTERS} characters is said to be so."
    )


class BarSerializer(serializers.Serializer[object]):
    """How likely an outcome from `low` to `high` is, 0 to 1."""

    low = serializers.FloatField()
    high = serializers.FloatField()
    probability = serializers.FloatField()


class PreviewSerializer(serializers.Serializer[object]):
    """The odds of a formula thrown once. The fields are null if it cannot be rolled, or takes too long to work out."""

    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True, help_text="The highest outcome outside the tail.")
    mean = serializers.FloatField(allow_null=True)
    deviation = serializers.FloatField(allow_null=True, help_text="The standard deviation.")
    tail = serializers.FloatField(
        allow_null=True, help_text="How likely the outcomes left out are, those with very many explosions."
    )
    repeats = serializers.IntegerField(allow_null=True, help_text="How many times the formula is repeated, as with x6.")
    bars = BarSerializer(many=True, allow_null=True, help_text="At most 60, from the lowest outcome to the highest.")
    message = serializers.CharField(allow_null=True, help_text="Why there are no odds to show.")
    reason = serializers.CharField(
        allow_null=True, help_text="If the formula cannot be rolled: the reason, as in a refused roll."
    )
    position = serializers.IntegerField(
        allow_null=True, help_text="If the formula cannot be rolled: where in it the problem is."
    )


class Previews(UserRateThrottle):
    """As fast as people type."""

    scope = "previews"
    rate = "300/min"


class Preview(APIView):
    """The odds of a formula while it is typed."""

    throttle_classes = (Previews,)

    @extend_schema(
        operation_id="dice_preview",
        parameters=[PreviewQuery],
        responses={
            200: PreviewSerializer,
            401: REFUSALS[401],
            429: OpenApiResponse(description="More than 300 requests in a minute."),
        },
    )
    def get(self, request: Request) -> Response:
        """Range, mean, standard deviation and distribution of a formula. An unfinished formula is not an error."""
        return Response(_preview(request.query_params.get("formula", "")))


@lru_cache(maxsize=512)  # a table types the same few
def _preview(formula: str) -> dict[str, Any]:
    nothing = dict.fromkeys((*PREVIEWED, "bars", "message", "reason", "position"))
    try:
        found = distribution(formula)
    except NotComputable as why:
        return nothing | {"message": str(why)}
    except DiceError as error:
        return nothing | {"message": error.message, "reason": error.reason, "position": error.position}
    bars = [asdict(bar) for bar in found.bars()]
    return nothing | {name: getattr(found, name) for name in PREVIEWED} | {"bars": bars}


PREVIEWED = ("low", "high", "mean", "deviation", "tail", "repeats")

dice_api_urlpatterns = [
    path("api/dice/preview/", Preview.as_view(), name="dice-preview"),
    path("api/sessions/<str:session_id>/fairness/", RollExport.as_view(), name="session-fairness"),
]
