"""What is for one person stays in no cache, neither on the way nor in a browser that others use after them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin

from rollscape.edge import PROGRAMS


class PrivateMiddleware(MiddlewareMixin):
    """Says so of all answers to programs, and of pages to who has a session."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, marked."""
        if request.path.startswith(PROGRAMS) or settings.SESSION_COOKIE_NAME in request.COOKIES:
            patch_cache_control(response, private=True, no_store=True)
        return response
