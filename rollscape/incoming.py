"""What a client may send: the short way in for most of it, whole text frames, and bounds for all that is none."""

from __future__ import annotations

from websockets.frames import apply_mask  # type: ignore[attr-defined]  # in C where that was built
from websockets.server import ServerProtocol
from websockets.streams import StreamReader

from game.engine.sockets.throttle import Bucket

FINAL_TEXT, MASKED = 0x81, 0x80  # RFC 6455, 5.2: the first byte, and the highest bit of the second
SLICE = 4096  # bytes that are parsed before it is looked at what was in them: at most 700 frames
PIECES_A_SECOND, PIECES_AT_ONCE = 50.0, 600.0  # pings, pongs, empty frames and pieces of a message, of one connection
ANSWER = 1.0  # seconds for the answer to a close frame that has left
LONGEST_ANSWER = 10.0  # seconds, where what was written before the close frame still leaves
AFTER_CLOSE = 4096  # bytes that are looked through for that answer
LENGTH_FOLLOWS, LONG_FOLLOWS = 126, 127  # in two bytes, in eight

_waiting_for_more = StreamReader.at_eof.__code__


def pieces(now: float) -> Bucket:
    """What one connection may send of frames that are no whole message: the reader counts those."""
    return Bucket.full(PIECES_A_SECOND, PIECES_AT_ONCE, now)


def is_between_frames(conn: ServerProtocol) -> bool:
    """Whether the parser waits for the first byte of a message; False also where its insides do not tell."""
    parsing = getattr(conn.parser, "gi_yieldfrom", None)  # within the handshake's
    waiting = getattr(parsing, "gi_yieldfrom", None)
    return getattr(waiting, "gi_code", None) is _waiting_for_more and conn.current_size is None


def whole_texts(data: bytes) -> list[bytes] | None:
    """The texts of whole, masked frames of less than 64 KiB, not checked to be UTF-8; None where there is more than
    such frames."""
    texts = []
    at, end = 0, len(data)
    while at < end:
        if end - at < 6 or data[at] != FINAL_TEXT or data[at + 1] < MASKED:
            return None
        mask, length = at + 2, data[at + 1] - MASKED
        if length == LENGTH_FOLLOWS:
            mask, length = at + 4, int.from_bytes(data[at + 2 : at + 4], "big")
        elif length == LONG_FOLLOWS:
            return None
        text = mask + 4
        at = text + length
        if at > end:
            return None
        texts.append(apply_mask(data[text:at], data[mask:text]))
    return texts
