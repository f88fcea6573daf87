"""Tokens as an attacker, or the passing of time, would make them."""

import time
from typing import Any

import jwt


def claims(token: str) -> dict[str, Any]:
    """What a token says, unverified."""
    return dict(jwt.decode(token, options={"verify_signature": False}))


def forge(token: str, key: str, *, algorithm: str = "HS256", **changes: Any) -> str:
    """The token with other claims, signed anew; a claim that becomes None is left out."""
    said = {name: value for name, value in (claims(token) | changes).items() if value is not None}
    return jwt.encode(said, key, algorithm)


def expiring(token: str, key: str, seconds: float) -> str:
    """The token with so many seconds left; a negative number: expired as long ago."""
    return forge(token, key, exp=int(time.time() + seconds))
