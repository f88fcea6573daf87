"""The subjects that have events. Importing this fills the registry."""

from game.chat import events as chat
from game.chat import narration
from game.combat import events as combat
from game.dice import events as dice
from game.dice import reveals
from game.dice.fairness import events as fairness
from game.engine import events as engine
from game.roll_tables import events as roll_tables
from game.sessions import events as sessions

__all__ = ["chat", "combat", "dice", "engine", "fairness", "narration", "reveals", "roll_tables", "sessions"]
