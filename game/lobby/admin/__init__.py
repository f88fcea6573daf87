"""Campaigns, characters and invitations in the admin."""

from game.lobby.admin import campaign, character, invitation

__all__ = ["campaign", "character", "invitation"]
