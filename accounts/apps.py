"""The app of people and how they prove who they are."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts; knows nothing of the game."""

    name = "accounts"

    def ready(self) -> None:
        """Connect what ends sessions and tokens, what slows guessing down, and what describes tokens."""
        from accounts import lockout, revocation, schema  # noqa: F401  (they connect on import)
