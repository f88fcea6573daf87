"""The vocabulary of the wire: what a function says of itself becomes an event.

Decoding, validation, routing, permissions, docs/protocol.md and protocol.d.ts all derive from the registry that
`@event`, `@quiet`, `@passing`, `@direct` and `@announcement` fill.
"""

from game.protocol.audience import DMS, EVERYBODY, Addressed, Audience, Cut, Said, merged, union
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
from game.protocol.frames import cut_to, encode, frame_text, skip_text
from game.protocol.player import Player
from game.protocol.registry import (
    ANNOUNCEMENTS,
    COMMANDS,
    NAMES,
    SNAPSHOT,
    Announcement,
    Command,
    Later,
    Open,
    announcement,
    direct,
    event,
    passing,
    quiet,
    snapshot_shape,
)

__all__ = [
    "ANNOUNCEMENTS",
    "COMMANDS",
    "DMS",
    "EVERYBODY",
    "MAX_DEPTH",
    "MAX_FRAME",
    "MAX_INTEGER",
    "MAX_OBJECT",
    "NAMES",
    "SNAPSHOT",
    "Addressed",
    "Announcement",
    "Audience",
    "BadFrame",
    "Command",
    "Cut",
    "Later",
    "Open",
    "Player",
    "Request",
    "Said",
    "announcement",
    "cut_to",
    "decode",
    "direct",
    "encode",
    "event",
    "frame_text",
    "key_of",
    "merged",
    "passing",
    "quiet",
    "skip_text",
    "snapshot_shape",
    "union",
]
