"""The vocabulary of play, one module a subject. Importing it fills the registry."""

from game.events import chat, combat, dice, narration, room

__all__ = ["chat", "combat", "dice", "narration", "room"]
