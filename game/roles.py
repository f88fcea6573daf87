"""Who outranks whom at a table."""

from typing import Literal

from django.db import models


class Role(models.TextChoices):
    """A member's part in a campaign, weakest first."""

    SPECTATOR = "spectator", "Spectator"
    PLAYER = "player", "Player"
    DM = "dm", "Dungeon Master"

    @property
    def wire(self) -> Literal["dm", "player", "spectator"]:
        """As a Player carries it."""
        return self.value

    @property
    def rank(self) -> int:
        """0 for the weakest; a role may do whatever a lower one may."""
        return list(Role).index(self)
