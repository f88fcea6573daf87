"""Who opens a socket (docs/wire.md, «Authentication»), and whether that still holds later.

Everything here is synchronous and asks the database: call it in a thread.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import parse_cookie
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.tokens import InvalidToken, find_user, identify_token

__all__ = ["Identity", "InvalidToken", "identify", "still_valid"]

BEARER = "bearer."
DEFAULT_PORTS = {"http": 80, "https": 443}

Scope = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a socket belongs to, and what its right to be there rests on."""

    user_id: int
    username: str
    display_name: str  # empty where there is none
    token_version: int
    expires_at: float | None  # seconds since the epoch; None: as long as the session lives
    session_key: str | None  # set where a cookie said who it is


def identify(scope: Scope) -> Identity:
    """Who opens this socket. The first of subprotocol, `?token=` and cookie decides; raises InvalidToken."""
    token = _subprotocol_token(scope)
    if token is None:
        token = _query_token(scope)
    if token is not None:
        return _identify_token(token)
    return _identify_cookie(scope)


def still_valid(identities: Iterable[Identity]) -> set[Identity]:
    """Those that still hold now: active user, same token version, not expired, session not ended."""
    now = time.time()
    current = {identity for identity in identities if identity.expires_at is None or identity.expires_at > now}
    users = User.objects.filter(pk__in={identity.user_id for identity in current}, is_active=True)
    versions = dict(users.values_list("pk", "token_version"))
    current = {identity for identity in current if versions.get(identity.user_id) == identity.token_version}
    keys = {identity.session_key for identity in current if identity.session_key is not None}
    if not keys:
        return current
    alive = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    allowed = {None, *alive.values_list("session_key", flat=True)}
    return {identity for identity in current if identity.session_key in allowed}


def _subprotocol_token(scope: Scope) -> str | None:
    offered: list[str] = scope.get("subprotocols") or []
    return next((name.removeprefix(BEARER) for name in offered if name.startswith(BEARER)), None)


def _query_token(scope: Scope) -> str | None:
    query = bytes(scope.get("query_string", b"")).decode("latin-1")
    tokens = parse_qs(query, keep_blank_values=True).get("token")
    return tokens[0] if tokens else None


def _identify_token(raw: str) -> Identity:
    if settings.INSECURE_TOKENS and raw.isdigit():
        user = find_user(raw)
        return Identity(user.pk, user.username, user.display_name, user.token_version, None, None)
    token = identify_token(raw)
    user = token.user
    return Identity(user.pk, user.username, user.display_name, token.version, token.expires_at, None)


def _identify_cookie(scope: Scope) -> Identity:
    key = parse_cookie("; ".join(_headers(scope, b"cookie"))).get(settings.SESSION_COOKIE_NAME)
    # A quoted cookie can spell any character; a session's key has letters and digits only.
    if not key or not (key.isascii() and key.isalnum()):
        raise InvalidToken("Nobody said who this is.")
    if not _is_own_origin(scope):
        raise InvalidToken("A cookie is believed only from the site's own pages.")
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = find_user(session.get(SESSION_KEY))
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        raise InvalidToken("The session was opened in a way that is no longer allowed.")
    if not _matches(session.get(HASH_SESSION_KEY, ""), user):
        raise InvalidToken("The session was ended.")
    return Identity(user.pk, user.username, user.display_name, user.token_version, None, key)


def _matches(session_hash: str, user: User) -> bool:
    hashes = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(constant_time_compare(session_hash, expected) for expected in hashes)


def _headers(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope.get("headers", ()) if key.lower() == name]


def _is_own_origin(scope: Scope) -> bool:
    """Whether the one Origin header names the host that was asked for, or an address in the settings."""
    origins = _headers(scope, b"origin")
    hosts = _headers(scope, b"host")
    if len(origins) != 1 or len(hosts) != 1:
        return False
    scheme = "https" if scope.get("scheme") == "wss" else "http"
    own = [f"{scheme}://{hosts[0]}", settings.PUBLIC_URL, *settings.CSRF_TRUSTED_ORIGINS]
    origin = _site(origins[0])
    return origin is not None and origin in {_site(address) for address in own}


def _site(address: str) -> tuple[str, str, int] | None:
    """Scheme, host and port; None for what is no plain origin."""
    try:
        parts: SplitResult = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    extra = parts.path or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or extra:
        return None
    return parts.scheme, parts.hostname, DEFAULT_PORTS[parts.scheme] if port is None else port
