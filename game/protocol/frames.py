"""Building the frames that the server says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Raw, Struct

from game.protocol.registry import ANNOUNCEMENTS

encode: Callable[[Any], bytes] = msgspec.json.Encoder().encode


def frame_text(event: str, data: bytes, seq: int | None = None) -> bytes:
    """The frame's JSON from `data` that is JSON already; event names need no escaping."""
    if seq is None:
        return b'{"event":"%b","data":%b}' % (event.encode(), data)
    return b'{"event":"%b","data":%b,"seq":%d}' % (event.encode(), data, seq)


def skip_text(seq: int) -> bytes:
    """What stands in an event's place for whoever may not see it."""
    return b'{"event":"skip","data":{},"seq":%d}' % seq


class _Stored(Struct):
    """A stored event's frame."""

    event: str
    data: Raw
    seq: int


_stored = msgspec.json.Decoder(_Stored).decode


def veiled(frame: bytes) -> bytes | None:
    """A stored event's frame with nothing left of its data but the event's veil; None when the event has none."""
    whole = _stored(frame)
    veil = ANNOUNCEMENTS[whole.event].veil
    if veil is None:
        return None
    return frame_text(whole.event, encode(msgspec.json.decode(whole.data, type=veil)), whole.seq)
