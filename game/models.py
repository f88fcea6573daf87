"""The subjects that remember something. Django alone reads this: code imports a subject's own models."""

from game.campaign.models import Campaign, Character, Invitation, Membership
from game.dice.fairness.models import Fairness
from game.engine.models import Connection, LogEntry, ServerLease, Session
from game.macros.models import HotbarSlot, Macro
from game.roll_tables.models import RollTable, RollTableRow

__all__ = [
    "Campaign",
    "Character",
    "Connection",
    "Fairness",
    "HotbarSlot",
    "Invitation",
    "LogEntry",
    "Macro",
    "Membership",
    "RollTable",
    "RollTableRow",
    "ServerLease",
    "Session",
]
