"""Building the frames that the server says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

encode: Callable[[Any], bytes] = msgspec.json.Encoder().encode


def frame_text(event: str, data: bytes, seq: int | None = None) -> bytes:
    """The frame's JSON from `data` that is JSON already; event names need no escaping."""
    if seq is None:
        return b'{"event":"%b","data":%b}' % (event.encode(), data)
    return b'{"event":"%b","data":%b,"seq":%d}' % (event.encode(), data, seq)


def skip_text(seq: int) -> bytes:
    """What stands in an event's place for those who may not see it."""
    return b'{"event":"skip","data":{},"seq":%d}' % seq


T = TypeVar("T", bound=Struct)


def cut_to(data: Struct, shape: type[T]) -> T:
    """The data with nothing left of it but what the shape has."""
    return msgspec.json.decode(encode(data), type=shape)
