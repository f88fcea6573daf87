"""The one door for REST: who asks about what, how a list is paged, and how a refusal is answered."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from typing import Any, TypeVar, cast

from django.db.models import Model, QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers, status
from rest_framework.exceptions import APIException
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView, exception_handler

from accounts.models import User
from game.campaign.membership import membership_of
from game.campaign.models import Membership
from game.engine.models import Session
from game.errors import NotFound, Refused
from game.protocol import MAX_INTEGER

M = TypeVar("M", bound=Model)
T = TypeVar("T")

MAX_PAGE = 5_000
STATUSES = {
    "malformed": status.HTTP_400_BAD_REQUEST,
    "unknown_event": status.HTTP_400_BAD_REQUEST,
    "invalid": status.HTTP_400_BAD_REQUEST,
    "forbidden": status.HTTP_403_FORBIDDEN,
    "not_found": status.HTTP_404_NOT_FOUND,
    "not_joined": status.HTTP_409_CONFLICT,
    "conflict": status.HTTP_409_CONFLICT,
    "too_large": status.HTTP_413_REQUEST_ENTITY_TOO_LARGE,
    "rate_limited": status.HTTP_429_TOO_MANY_REQUESTS,
    "busy": status.HTTP_503_SERVICE_UNAVAILABLE,
}

# What the API's documentation says ------------------------------------------------------------


def number(name: str) -> OpenApiParameter:
    """An id in the address."""
    return OpenApiParameter(name, OpenApiTypes.INT64, OpenApiParameter.PATH)


SESSION_ID, CAMPAIGN_ID = number("session_id"), number("campaign_id")
REFUSALS: dict[int, OpenApiResponse] = {
    401: OpenApiResponse(description="Not signed in: the token is missing or has expired."),
    404: OpenApiResponse(description="It does not exist, or this user may not see it: the two look the same."),
}
INVALID: dict[int, OpenApiResponse] = {
    400: OpenApiResponse(description="A field or a parameter is not valid; the answer says which and why."),
}

# Refusals -------------------------------------------------------------------------------------


class _Answer(APIException):
    """A refusal as REST framework knows it: `{"detail": message}`, and `Retry-After` where it says when."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__(refusal.message)
        self.status_code = STATUSES[refusal.code]
        self.wait = ceil(refusal.retry_after) if refusal.retry_after else None


def answer(exc: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's exception handler, named in the settings: a refusal is answered by the status of its code."""
    return exception_handler(_Answer(exc) if isinstance(exc, Refused) else exc, context)


# Who asks about what --------------------------------------------------------------------------


def user_of(request: Request) -> User:
    """The signed-in user: the default permission lets nobody else in."""
    return cast(User, request.user)


def seat_of(request: Request, session_id: str) -> tuple[Membership, Session]:
    """The user's membership and the session; raises NotFound. An unknown session looks like another campaign's."""
    session = _session(session_id)
    if session is not None:
        with suppress(NotFound):
            return membership_of(user_of(request), session.campaign_id), session
    raise NotFound("Session not found")


def _session(session_id: str) -> Session | None:
    """The session of that id; None as well for what is no 64-bit integer."""
    if not re.fullmatch(r"-?[0-9]{1,19}", session_id) or abs(int(session_id)) > MAX_INTEGER:
        return None
    return Session.objects.filter(pk=int(session_id)).first()


def checked(serializer: type[serializers.BaseSerializer[Any]], data: Any, **options: Any) -> Any:
    """The data as the serializer validates it; raises ValidationError (400)."""
    asked = serializer(data=data, **options)
    asked.is_valid(raise_exception=True)
    return asked.validated_data


# Pages ----------------------------------------------------------------------------------------


class PageQuery(serializers.Serializer[object]):
    """Which page of a list whose entries have numbers, as the log's have their seq."""

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


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was asked for: with `after` the oldest above it, else the newest below `before`."""

    limit: int
    after: int | None = None
    before: int | None = None

    @classmethod
    def of(cls, request: Request) -> Page:
        """The page of a request's query; raises ValidationError (400)."""
        return cls(**checked(PageQuery, request.query_params))

    @property
    def newest_first(self) -> bool:
        """Whether it is read from its newest entry on."""
        return self.after is None

    def within(self, rows: QuerySet[M], field: str) -> QuerySet[M]:
        """The rows within the page's bounds; `field` holds their numbers."""
        if self.after is not None:
            rows = rows.filter(**{f"{field}__gt": self.after})
        if self.before is not None:
            rows = rows.filter(**{f"{field}__lt": self.before})
        return rows


# Rates ----------------------------------------------------------------------------------------


class WriteThrottle(UserRateThrottle):
    """Counts what is written; reading is free."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether the user may go on; always where nothing is written."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)
