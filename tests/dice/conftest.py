"""A campaign whose pages show dice statistics."""

from tests.lobby.conftest import group, quick_hashes

__all__ = ["group", "quick_hashes"]
