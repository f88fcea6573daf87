"""What the protocol says that things look like. Fields may be added, so only what is named is looked at."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

RFC_3339_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def is_timestamp(value: Any) -> bool:
    """RFC 3339, UTC, `Z`, and of these minutes."""
    if not isinstance(value, str) or not RFC_3339_UTC.fullmatch(value):
        return False
    return abs(datetime.fromisoformat(value) - datetime.now(UTC)) < timedelta(minutes=10)


def is_player(value: Any) -> bool:
    """A `Player`, consistent in itself."""
    return (
        type(value["user_id"]) is int
        and isinstance(value["username"], str)
        and value["username"] != ""
        and value["display_name"] != ""
        and value["colour"] in {None, 1, 2, 3, 4, 5, 6, 7, 8}
        and isinstance(value["character_id"], int | None)
        and isinstance(value["character_name"], str | None)
        and (value["character_id"] is None) == (value["character_name"] is None)
        and value["role"] in {"dm", "player", "spectator"}
        and value["is_dm"] is (value["role"] == "dm")
        and is_timestamp(value["connected_at"])
    )
