"""Joining the demo table, and the test page. Both work only on the server's own machine."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.addresses import is_loopback
from accounts.sign_in import sign_in
from accounts.tokens import access_token
from game.demo.tables import demo_session_id, demo_table_id, demo_users

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_HOST", "HTTP_VIA")


def is_local(request: HttpRequest) -> bool:
    """Whether somebody at this very machine asks, on a server that has no public address."""
    if settings.PUBLIC_URL or any(header in request.META for header in FORWARDED):
        return False
    # A page of another site can have its own name point here, but not have the browser call it localhost.
    host = split_domain_port(request.get_host())[0].strip("[]")
    return is_loopback(request.META.get("REMOTE_ADDR", "")) and is_loopback(host)


@require_POST
def sit(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo users and go to the demo table."""
    if not is_local(request):
        raise Http404
    user = next((user for user in demo_users() if user.username == request.POST.get("username")), None)
    session_id = demo_table_id()
    if user is None or session_id is None:
        raise Http404
    logout(request)
    sign_in(request, user)
    return redirect("game:play", session_id=session_id)


@require_safe
@never_cache
def test_page(request: HttpRequest) -> HttpResponse:
    """Several users side by side in one window. Only with DEBUG."""
    if not settings.DEBUG or not is_local(request):
        raise Http404
    asked = request.GET.get("session", "")
    users = [{"id": user.pk, "username": user.username, "token": access_token(user)} for user in demo_users()]
    session_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else demo_session_id()
    return render(request, "test/game_session.html", {"session_id": session_id, "users": users})
