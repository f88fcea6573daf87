"""Times as the protocol writes them."""

from __future__ import annotations

from datetime import datetime


def rfc3339(moment: datetime) -> str:
    """A UTC time as RFC 3339, with microseconds and Z."""
    return f"{moment.isoformat(timespec='microseconds')[:26]}Z"
