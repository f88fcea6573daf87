"""The app of campaigns and what happens at their tables."""

from django.apps import AppConfig


class GameConfig(AppConfig):
    """The game."""

    name = "game"
    verbose_name = "Campaigns"

    def ready(self) -> None:
        """Load the vocabulary, and connect the checks and what tells live sockets that their rights changed."""
        from game import checks, events  # noqa: F401  (they register themselves on import, as the next two do)
        from game.campaign import invitations  # noqa: F401
        from game.engine import acl  # noqa: F401
