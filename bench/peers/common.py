"""What all peers in Python say: the same frame, about 300 bytes, from the same message."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any


def player(user: int) -> dict[str, Any]:
    """Who speaks, as RollScape describes them."""
    return {
        "user_id": user,
        "username": f"player{user}",
        "character_id": None,
        "character_name": None,
        "is_dm": False,
        "role": "player",
        "connected_at": now(),
    }


def chat(speaker: dict[str, Any], message: str) -> dict[str, Any]:
    """What everybody in the room gets."""
    return {"player": speaker, "message": message, "timestamp": now()}


def now() -> str:
    """The time, as RollScape writes it."""
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")
