"""The vocabulary of the wire: what a function says of itself becomes an event.

`@event` makes a stored event of a function that the writer calls; `@direct` one of a coroutine that the
socket calls, without the database; `@announcement` names what only the server says. Decoding, validation,
routing, permissions, docs/protocol.md and protocol.d.ts all derive from the registry that these fill.
"""

from game.protocol.decoding import (
    MAX_DEPTH,
    MAX_FRAME,
    MAX_INTEGER,
    MAX_OBJECT,
    BadFrame,
    Request,
    decode,
    key_of,
)
from game.protocol.frames import encode, frame_text, skip_text, veiled
from game.protocol.player import Player
from game.protocol.registry import ANNOUNCEMENTS, COMMANDS, Announcement, Command, Open, announcement, direct, event

__all__ = [
    "ANNOUNCEMENTS",
    "COMMANDS",
    "MAX_DEPTH",
    "MAX_FRAME",
    "MAX_INTEGER",
    "MAX_OBJECT",
    "Announcement",
    "BadFrame",
    "Command",
    "Open",
    "Player",
    "Request",
    "announcement",
    "decode",
    "direct",
    "encode",
    "event",
    "frame_text",
    "key_of",
    "skip_text",
    "veiled",
]
