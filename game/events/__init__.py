"""The vocabulary of play, one module a subject. Importing it fills the registry."""

from game.events import chat, combat, dice, fairness, narration, reveals, roll_tables, room

__all__ = ["chat", "combat", "dice", "fairness", "narration", "reveals", "roll_tables", "room"]
