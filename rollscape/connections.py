"""A request gives its database connection back before its answer is sent: a slow reader must not keep one."""

from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction
from typing import cast

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

Answer = Callable[[HttpRequest], HttpResponse]
AnswerLater = Callable[[HttpRequest], Awaitable[HttpResponse]]


@sync_and_async_middleware
def give_back(get_response: Answer | AnswerLater) -> Answer | AnswerLater:
    """The middleware; all that asks the database stands below it. SQLite has no pool to give anything back to."""
    if not settings.DATABASE_URL:
        raise MiddlewareNotUsed
    if iscoroutinefunction(get_response):
        later = cast(AnswerLater, get_response)

        async def respond_later(request: HttpRequest) -> HttpResponse:
            response = await later(request)
            await sync_to_async(_give_back)()  # on the thread that the request's views ran on
            return response

        return respond_later
    at_once = cast(Answer, get_response)

    def respond(request: HttpRequest) -> HttpResponse:
        response = at_once(request)
        _give_back()
        return response

    return respond


def _give_back() -> None:
    for connection in connections.all(initialized_only=True):
        connection.close_if_unusable_or_obsolete()
