"""The app of people and how they prove who they are."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts; knows nothing of the game."""

    name = "accounts"

    def ready(self) -> None:
        """Connect what ends sessions and tokens, and what describes them."""
        from accounts import revocation, schema  # noqa: F401  (both connect on import)
