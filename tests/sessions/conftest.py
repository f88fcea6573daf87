"""A campaign with its people, and a table in this process."""

from tests.engine.conftest import engine, layer, quick_poll, start_engine, table
from tests.lobby.conftest import group, quick_hashes

__all__ = ["engine", "group", "layer", "quick_hashes", "quick_poll", "start_engine", "table"]
