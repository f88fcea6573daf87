"""A session, its people, and clients that carry their tokens."""

from tests.engine.rest.conftest import api, table, unthrottled

__all__ = ["api", "table", "unthrottled"]
