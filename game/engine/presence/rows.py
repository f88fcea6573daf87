"""The rows of sockets in rooms: written once for everybody who comes or goes, so past Django's models, which cost five
times what the databases do. Inside a transaction, under the session's lock."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection

from game.engine.models import Connection

TABLE = Connection._meta.db_table


def insert(session_id: int, user_id: int, character_id: int | None, server_id: uuid.UUID, now: datetime) -> int:
    """Note a socket that came; the id of its row."""
    server = server_id if connection.features.has_native_uuid_field else server_id.hex
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (session_id, user_id, character_id, server_id, connected_at)"  # noqa: S608  (a constant)
            " VALUES (%s, %s, %s, %s, %s) RETURNING id",
            [session_id, user_id, character_id, server, _moment(now)],
        )
        connection_id: int = cursor.fetchone()[0]
        return connection_id


def delete(connection_ids: Collection[int]) -> None:
    """These are gone."""
    marks = ", ".join(["%s"] * len(connection_ids))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE id IN ({marks})", [*connection_ids])  # noqa: S608  (constants)


def mark_lost(connection_id: int, now: datetime) -> None:
    """This one was cut; its grace begins."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET lost_at = %s WHERE id = %s", [_moment(now), connection_id])  # noqa: S608


def _moment(now: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(now)
