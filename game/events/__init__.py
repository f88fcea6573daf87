"""The vocabulary of play, one module a subject. Importing it fills the registry."""

from game.events import chat, combat, dice, fairness, narration, room

__all__ = ["chat", "combat", "dice", "fairness", "narration", "room"]
