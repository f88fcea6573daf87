"""The roles of a campaign's members, and their order."""

from functools import cached_property
from typing import Literal, cast

from django.db import models

RoleName = Literal["dm", "player", "spectator"]


class Role(models.TextChoices):
    """A member's part in a campaign, weakest first."""

    SPECTATOR = "spectator", "Spectator"
    PLAYER = "player", "Player"
    DM = "dm", "Dungeon Master"

    @property
    def wire(self) -> RoleName:
        """As a Player carries it."""
        return cast("RoleName", self.value)

    @cached_property
    def rank(self) -> int:
        """0 for the weakest; a role may do everything that a lower one may."""
        return list(Role).index(self)
