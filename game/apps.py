"""The app of campaigns and what happens at their tables."""

from django.apps import AppConfig


class GameConfig(AppConfig):
    """The game."""

    name = "game"

    def ready(self) -> None:
        """Load the vocabulary and connect what tells live sockets that their rights changed."""
        from game import acl, events, invitations  # noqa: F401  (they connect themselves on import)
