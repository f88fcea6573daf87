"""JSON Web Tokens: issued, refreshed and checked.

HS256 with `sub` (the user id as a string), `exp` and `ver`, the user's token version at the time
of signing. A token whose `ver` is not the user's current one was revoked.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any, TypeVar

import jwt
from django.contrib.auth import authenticate
from drf_spectacular.utils import extend_schema_field
from jwt.types import Options
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken, Token

from accounts.models import User

TokenT = TypeVar("TokenT", bound=Token)

ALGORITHM = "HS256"
REFUSAL = "The token is not valid."
LONGEST_TOKEN = 4096
LARGEST_ID = 2**63 - 1


class InvalidToken(Exception):
    """The token identifies nobody: it is missing, malformed, expired or revoked, or its user may not sign in."""


@dataclass(frozen=True, slots=True)
class TokenIdentity:
    """Whom a token stands for. `expires_at` is in seconds since the epoch."""

    user: User
    expires_at: float
    version: int


def access_token(user: User) -> str:
    """A signed access token for the user."""
    return str(_versioned(AccessToken.for_user(user), user))


def identify_token(raw: str) -> TokenIdentity:
    """The active user whom an access token stands for; raises InvalidToken for anything else."""
    return _identify(raw, kind="access")


def find_user(digits: object) -> User:
    """The active user of that decimal id; raises InvalidToken for anything else."""
    if not isinstance(digits, str) or not (digits.isascii() and digits.isdigit()) or len(digits) > 19:
        raise InvalidToken("The user id is not a number.")
    user = User.objects.filter(pk=int(digits), is_active=True).first() if int(digits) <= LARGEST_ID else None
    if user is None:
        raise InvalidToken("No such user.")
    return user


def _versioned(token: TokenT, user: User) -> TokenT:
    token["ver"] = user.token_version
    return token


def _identify(raw: str, kind: str) -> TokenIdentity:
    claims = _claims(raw)
    # A token without a type is one that this server's owner signed by hand: it may enter, not refresh.
    if claims.get("token_type", "access") != kind:
        raise InvalidToken("Not a token of this kind.")
    expires_at, version = _expiry(claims.get("exp")), claims.get("ver", 0)
    user = find_user(claims.get("sub"))
    if type(version) is not int or version != user.token_version:
        raise InvalidToken("The token was revoked.")
    return TokenIdentity(user, expires_at, version)


def _claims(raw: str) -> dict[str, Any]:
    # Also keeps lone surrogates from the decoder, which would raise something of its own.
    if len(raw) > LONGEST_TOKEN or not raw.isascii():
        raise InvalidToken("Not a token.")
    try:
        # `iat` is not looked at: a server whose clock is ahead may have issued the token.
        options: Options = {"require": ["exp"], "verify_iat": False}
        return jwt.decode(raw, api_settings.SIGNING_KEY, [ALGORITHM], options=options)
    except (jwt.PyJWTError, ValueError, OverflowError) as error:
        raise InvalidToken("Not a valid token.") from error


def _expiry(exp: object) -> float:
    if isinstance(exp, bool) or not isinstance(exp, int | float):
        raise InvalidToken("The token never expires.")
    try:
        expires_at = float(exp)
    except OverflowError as error:
        raise InvalidToken("The token never expires.") from error
    if not math.isfinite(expires_at) or expires_at <= time.time():
        raise InvalidToken("The token has expired.")
    return expires_at


@extend_schema_field({"type": "string", "pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$"})
class WordsField(serializers.CharField):
    """Something, and not blanks alone."""


@extend_schema_field({"type": "string", "pattern": r"^[^\u0000]+$"})
class PasswordField(serializers.CharField):
    """Something, be it blanks."""


class TokenPairSerializer(serializers.Serializer[Any]):
    """Name and password for an access and a refresh token."""

    username = WordsField(write_only=True, max_length=150)
    password = PasswordField(write_only=True, max_length=4096, trim_whitespace=False)
    access = serializers.CharField(read_only=True)
    refresh = serializers.CharField(read_only=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, str]:
        """The pair; raises AuthenticationFailed (401)."""
        # Django's own request, so that the lock-out's middleware sees what is noted on it.
        user = authenticate(self.context["request"]._request, **attrs)
        if not isinstance(user, User):
            raise AuthenticationFailed("No active account found with the given credentials", "no_active_account")
        refresh = _versioned(RefreshToken.for_user(user), user)
        # Not `refresh.access_token`, which counts the hour from the refresh token, that may be of the second before.
        return {"access": access_token(user), "refresh": str(refresh)}


class TokenRefreshSerializer(serializers.Serializer[Any]):
    """A refresh token for a new access token, as long as its user may enter."""

    refresh = WordsField(write_only=True, max_length=LONGEST_TOKEN)
    access = serializers.CharField(read_only=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, str]:
        """The access token; raises AuthenticationFailed (401)."""
        try:
            identity = _identify(attrs["refresh"], kind="refresh")
        except InvalidToken as error:
            raise AuthenticationFailed(REFUSAL, "token_not_valid") from error
        return {"access": access_token(identity.user)}


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <access token>` for REST."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        """The token's user; None without a bearer token; raises AuthenticationFailed (401)."""
        scheme, _, raw = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        try:
            return identify_token(raw.strip()).user, None
        except InvalidToken as error:
            raise AuthenticationFailed(REFUSAL, "token_not_valid") from error

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return 'Bearer realm="api"'
