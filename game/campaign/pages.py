"""What the pages have in common: who asks, and how a refusal is answered."""

from collections.abc import Callable
from functools import wraps
from math import ceil
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from game.errors import Forbidden, NotFound, RateLimited, Refused


class SignedInRequest(HttpRequest):
    """A request whose user is known."""

    user: User


def members_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For the signed in. NotFound is answered 404, Forbidden 403, RateLimited 429; any other refusal is shown on the
    campaign page.
    """

    @login_required
    @wraps(view)
    def answer(request: SignedInRequest, **address: Any) -> HttpResponse:
        try:
            return view(request, **address)
        except NotFound as refusal:
            raise Http404(refusal.message) from refusal
        except Forbidden as refusal:
            # Raised, it would be logged with a traceback, like a fault of the server.
            return render(request, "403.html", {"reason": refusal.message}, status=403)
        except RateLimited as refusal:
            seconds = ceil(refusal.retry_after or 1)
            page = render(request, "429.html", {"reason": refusal.message, "seconds": seconds}, status=429)
            page["Retry-After"] = seconds
            return page
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("game:campaign", campaign_id=address["campaign_id"])

    return answer
