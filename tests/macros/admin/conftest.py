"""Two campaigns in the admin, one the DM's own."""

from tests.lobby.admin.conftest import dm, other, own, superuser

__all__ = ["dm", "other", "own", "superuser"]
