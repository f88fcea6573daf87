"""Understanding a frame from a client: parsed, validated and routed in one pass over the bytes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from game.errors import Invalid, Malformed, TooLarge, UnknownEvent
from game.protocol.frames import encode
from game.protocol.registry import COMMANDS, Command, Open

MAX_FRAME = 64 * 1024  # bytes from a client
MAX_OBJECT = 4 * 1024  # bytes of an open object, as compact JSON
MAX_DEPTH = 100  # objects and arrays inside each other
MAX_ID = 64
MAX_INTEGER = 2**63 - 1


class Envelope(Struct):
    """Every frame from a client."""

    event: str
    data: Raw = Raw(b"{}")
    id: str | UnsetType = UNSET


@dataclass(slots=True)
class Request:
    """A frame that was understood: the command, its fields, and the client's own key for it."""

    command: Command
    data: Struct
    id: str | None


_envelope = msgspec.json.Decoder(Envelope).decode
_anything = msgspec.json.Decoder().decode
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")  # the escape, not an escaped backslash before "u0000"


class BadFrame(Exception):
    """A frame that was not understood; `id` is its command's key as far as that could be read."""

    def __init__(self, refusal: Malformed | Invalid | UnknownEvent | TooLarge, id: str | None = None) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal
        self.id = id


def key_of(text: str) -> str | None:
    """The client's own key in a frame that is not looked at any further; None when it has none."""
    if len(text) > MAX_FRAME:
        return None
    try:
        return _id(_envelope(text))
    except (BadFrame, msgspec.DecodeError, RecursionError, ValueError):
        return None


def decode(text: str) -> Request:
    """Understand one frame, or raise BadFrame with Malformed, UnknownEvent, Invalid or TooLarge."""
    # UTF-8 takes at most four bytes a code point, so short texts need no encoding to be measured.
    if len(text) > MAX_FRAME // 4 and len(text.encode(errors="replace")) > MAX_FRAME:
        raise BadFrame(TooLarge(f"A frame may have at most {MAX_FRAME} bytes."))
    try:
        envelope = _envelope(text)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise BadFrame(Malformed(f"Not a frame: {_reason(error)}")) from None
    id = _id(envelope)
    try:
        return Request(*_typed(envelope.event, bytes(envelope.data)), id)
    except (Malformed, Invalid, UnknownEvent) as refusal:
        raise BadFrame(refusal, id) from None
    except msgspec.ValidationError as error:
        kind = Malformed if str(error).startswith("Number out of range") else Invalid  # 1e999: an infinity
        raise BadFrame(kind(_sentence(error)), id) from None
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise BadFrame(Malformed(f"Not a frame: {_reason(error)}"), id) from None


def _typed(name: str, raw: bytes) -> tuple[Command, Struct]:
    command = COMMANDS.get(name)
    if command is None:
        _anything(raw)
        raise UnknownEvent(f"There is no event {name[:64]!r}.")
    if raw[:1] != b"{":
        raise Malformed("Not a frame: `data` must be an object.")
    data = command.decode(raw)
    if rb"\u0000" in raw and _NUL.search(raw):  # PostgreSQL cannot store it, and no text needs it
        raise Invalid("U+0000 is not allowed in texts.")
    for field_name, mark in command.opens.items():
        _check_open(field_name, getattr(data, field_name), mark)
    return command, data


def _id(envelope: Envelope) -> str | None:
    id = envelope.id
    if isinstance(id, UnsetType):
        return None
    if not 1 <= len(id) <= MAX_ID or "\0" in id:
        raise BadFrame(Invalid(f"`id` must have 1 to {MAX_ID} characters, none of them U+0000."))
    return id


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply."
    if isinstance(error, msgspec.DecodeError):
        return _sentence(error)
    return "a number is too long."


def _sentence(error: Exception) -> str:
    return str(error).replace("`$.", "`").replace("`$`", "`data`").rstrip(".") + "."


def _parts(name: str, value: Any) -> list[Any]:
    """Everything inside an open object, itself included; raises Invalid before that takes long."""
    found: list[Any] = []
    level = [value]
    for _ in range(MAX_DEPTH):
        found += level
        if len(found) > MAX_OBJECT:  # each takes a byte at least
            raise Invalid(f"`{name}` may have at most {MAX_OBJECT} bytes.")
        level = [inside for part in level if isinstance(part, dict | list) for inside in _inside(part)]
        if not level:
            return found
    raise Invalid(f"`{name}` is nested too deeply.")


def _inside(part: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return part.values() if isinstance(part, dict) else part


def _check_open(name: str, value: dict[str, Any], mark: Open) -> None:
    for part in _parts(name, value):
        if isinstance(part, int) and abs(part) > MAX_INTEGER:
            raise Invalid(f"A whole number in `{name}` has more than 64 bits.")
        if isinstance(part, float) and not math.isfinite(part):
            raise Invalid(f"A number in `{name}` is not finite.")
    if len(encode(value)) > MAX_OBJECT:
        raise Invalid(f"`{name}` may have at most {MAX_OBJECT} bytes.")
    if mark.shape is None:
        return
    try:
        msgspec.convert(value, mark.shape)
    except msgspec.ValidationError as error:
        raise Invalid(_sentence(error).replace("`data`", f"`{name}`")) from None
