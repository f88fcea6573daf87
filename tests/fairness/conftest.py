"""The engine's table, for dice that are checked."""

from tests.engine.conftest import engine, layer, no_poll, quick_poll, start_engine, table

__all__ = ["engine", "layer", "no_poll", "quick_poll", "start_engine", "table"]
