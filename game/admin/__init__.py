"""The admin as the DM's place; each module registers what it is about."""

from game.admin import campaign, character, invitation, log, macro, roll_table, session

__all__ = ["campaign", "character", "invitation", "log", "macro", "roll_table", "session"]
