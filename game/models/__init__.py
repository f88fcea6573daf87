"""What is remembered, one aggregate a file."""

from game.models.campaign import Campaign, Invitation, Membership
from game.models.character import Character
from game.models.fairness import Fairness
from game.models.macro import HotbarSlot, Macro
from game.models.presence import Connection, ServerLease
from game.models.roll_table import RollTable, RollTableRow
from game.models.session import LogEntry, Session

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
