"""The engine's table, for dice that are checked."""

import pytest
from django.core.cache import cache

from tests.engine.conftest import engine, layer, no_poll, quick_poll, start_engine, table

__all__ = ["engine", "layer", "no_poll", "quick_poll", "start_engine", "table"]


@pytest.fixture(autouse=True)
def unthrottled() -> None:
    """Nobody has asked for anything yet."""
    cache.clear()
