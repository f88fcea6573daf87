"""The app of campaigns and what happens at their tables."""

from django.apps import AppConfig


class GameConfig(AppConfig):
    """The game."""

    name = "game"

    def ready(self) -> None:
        """Load the vocabulary, and connect the checks and what tells live sockets that their rights changed."""
        from game import acl, checks, events, invitations  # noqa: F401  (all connect themselves on import)
