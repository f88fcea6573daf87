"""The admin as the DM's place: the subjects that register models there, and those that tell the log's events."""

from game.chat import admin as chat
from game.combat import admin as combat
from game.dice import admin as dice
from game.engine import admin as engine
from game.lobby import admin as lobby
from game.macros import admin as macros
from game.roll_tables import admin as roll_tables
from game.sessions import admin as sessions

__all__ = ["chat", "combat", "dice", "engine", "lobby", "macros", "roll_tables", "sessions"]
