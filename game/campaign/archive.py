"""Archiving: what is over is set apart, and can be taken out again."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from django.utils import timezone


class Archivable(Protocol):
    """A campaign or a session."""

    archived_at: datetime | None

    def save(self, *, update_fields: list[str]) -> None:
        """Write these fields."""


def set_archived(item: Archivable, archived: bool) -> None:
    """Set it apart, or take it out again; twice is the same as once."""
    if archived != (item.archived_at is not None):
        item.archived_at = timezone.now() if archived else None
        item.save(update_fields=["archived_at"])
