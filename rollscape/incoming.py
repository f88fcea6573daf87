"""The short way in: most of what a client sends is one whole text frame a packet, which needs no parser."""

from __future__ import annotations

from websockets.frames import apply_mask  # type: ignore[attr-defined]  # in C where that was built
from websockets.server import ServerProtocol
from websockets.streams import StreamReader

FINAL_TEXT, MASKED = 0x81, 0x80  # RFC 6455, 5.2: the first byte, and the highest bit of the second
LENGTH_FOLLOWS, LONG_FOLLOWS = 126, 127  # in two bytes, in eight

_waiting_for_more = StreamReader.at_eof.__code__


def is_between_frames(conn: ServerProtocol) -> bool:
    """Whether the parser waits for the first byte of a message; False also where its insides do not tell."""
    parsing = getattr(conn.parser, "gi_yieldfrom", None)  # within the handshake's
    waiting = getattr(parsing, "gi_yieldfrom", None)
    return getattr(waiting, "gi_code", None) is _waiting_for_more and conn.current_size is None


def lone_text(data: bytes) -> bytes | None:
    """The text of just one whole, masked frame of less than 64 KiB, not checked to be UTF-8; None for anything else."""
    if len(data) < 6 or data[0] != FINAL_TEXT or data[1] < MASKED:
        return None
    start, length = 2, data[1] - MASKED
    if length == LENGTH_FOLLOWS:
        start, length = 4, int.from_bytes(data[2:4], "big")
    elif length == LONG_FOLLOWS:
        return None
    if len(data) != start + 4 + length:
        return None
    return apply_mask(data[start + 4 :], data[start : start + 4])
