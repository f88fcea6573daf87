"""The vocabulary of the wire: what a function says of itself becomes an event.

`@event` makes a stored event of a function that the writer calls; `@direct` one of a coroutine that the
socket calls, without the database; `@announcement` names what only the server says. Decoding, validation,
routing, permissions, docs/protocol.md and protocol.d.ts all derive from the registry that these fill.
"""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import UnionType
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from game.errors import Invalid, Malformed, TooLarge, UnknownEvent
from game.roles import Role, RoleName

MAX_FRAME = 64 * 1024  # bytes from a client
MAX_OBJECT = 4 * 1024  # bytes of an open object, as compact JSON
MAX_DEPTH = 100  # objects and arrays inside each other
MAX_ID = 64
MAX_INTEGER = 2**63 - 1

S = TypeVar("S", bound=type[Struct])
F = TypeVar("F", bound=Callable[..., Any])
encode: Callable[[Any], bytes] = msgspec.json.Encoder().encode


@dataclass(frozen=True)
class Open:
    """Marks a JSON object that keeps every key it came with; `shape` says which it must have."""

    shape: type[Struct] | None = None


@dataclass(frozen=True)
class Command:
    """What a client may say; `says` is the event that comes of it."""

    name: str
    who: Role
    refusal: str
    stored: bool
    says: str
    writes: bool
    joined: bool
    handler: Callable[..., Any]
    data: type[Struct]
    result: type[Struct] | None
    doc: str
    opens: dict[str, Open] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "decode", msgspec.json.Decoder(self.data).decode)

    decode: Callable[[Any], Struct] = field(init=False, repr=False, compare=False)


@dataclass(frozen=True)
class Announcement:
    """What the server says: `to` is the room, the others in it, or oneself. `veil` is what those see of its data
    whom it is veiled from."""

    name: str
    data: type[Struct]
    to: str
    stored: bool
    doc: str
    veil: type[Struct] | None = None


COMMANDS: dict[str, Command] = {}
ANNOUNCEMENTS: dict[str, Announcement] = {}


def event(
    name: str,
    *,
    who: Role = Role.PLAYER,
    refusal: str | None = None,
    says: str | None = None,
    veil: type[Struct] | None = None,
    writes: bool = False,
) -> Callable[[F], F]:
    """Make a stored event of `handler(play, **fields) -> Struct`; what it returns is logged and broadcast.

    `says`: what it is broadcast as, when not as `name`. `veil`: those fields of it that are left where the handler
    veils it from somebody.
    `who`: the least role that may send it, others hear `refusal`. `writes`: the handler writes more than the log,
    so it runs in a savepoint. It runs on the writer's thread inside the batch's transaction and refuses by raising.
    """

    def register(handler: F) -> F:
        command = _command(name, handler, who=who, refusal=refusal, says=says, stored=True, writes=writes, joined=True)
        assert command.result is not None, f"{name}: what is stored must say what is broadcast"
        _announce(Announcement(command.says, command.result, "room", True, _doc(command.result) or command.doc, veil))
        return handler

    return register


def direct(name: str, *, joined: bool = True) -> Callable[[F], F]:
    """Make an event of the coroutine `handler(socket, **fields) -> None`, which answers through the socket.

    Any member may send it; with `joined=False` also from outside the room.
    """

    def register(handler: F) -> F:
        _command(name, handler, who=Role.SPECTATOR, refusal=None, stored=False, writes=False, joined=joined)
        return handler

    return register


def announcement(name: str, *, to: str, stored: bool = False) -> Callable[[S], S]:
    """Name the server's own event whose `data` is the decorated structure."""

    def register(data: S) -> S:
        _announce(Announcement(name, data, to, stored, _doc(data)))
        return data

    return register


def _announce(said: Announcement) -> None:
    assert said.name not in ANNOUNCEMENTS, f"{said.name} is announced twice"
    ANNOUNCEMENTS[said.name] = said


def _command(
    name: str,
    handler: Callable[..., Any],
    *,
    who: Role,
    refusal: str | None,
    stored: bool,
    writes: bool,
    joined: bool,
    says: str | None = None,
) -> Command:
    assert name not in COMMANDS, f"{name} is registered twice"
    hints = get_type_hints(handler, include_extras=True)
    result = hints.pop("return", None)
    if isinstance(result, UnionType):  # the first is the command's own, the others are announcements
        result = get_args(result)[0]
    parameters = list(inspect.signature(handler).parameters.values())[1:]
    fields = [
        (p.name, hints[p.name]) if p.default is p.empty else (p.name, hints[p.name], p.default) for p in parameters
    ]
    opens = {p.name: mark for p in parameters for mark in _marks(hints[p.name]) if isinstance(mark, Open)}
    words = "".join(word.title() for word in name.split("_"))
    data = msgspec.defstruct(f"{words}Command", fields, module=handler.__module__)
    command = Command(
        name=name,
        who=who,
        refusal=refusal or f"Only a {who.label.lower()} can send {name}",
        stored=stored,
        says=says or name,
        writes=writes,
        joined=joined,
        handler=handler,
        data=data,
        result=result if stored else None,
        doc=_doc(handler),
        opens=opens,
    )
    COMMANDS[name] = command
    return command


def _marks(hint: Any) -> tuple[Any, ...]:
    return get_args(hint)[1:] if get_origin(hint) is Annotated else ()


def _doc(thing: Any) -> str:
    return inspect.cleandoc(thing.__doc__ or "")


# Decoding ------------------------------------------------------------------------------------


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


# Encoding ------------------------------------------------------------------------------------


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


# Shapes that several events share ---------------------------------------------------------------


class Player(Struct, frozen=True):
    """A user in the room: `display_name` is what to call them, `colour` the character's, 1 to 8."""

    user_id: int
    username: str
    display_name: str
    character_id: int | None
    character_name: str | None
    colour: int | None
    is_dm: bool
    role: RoleName
    connected_at: str
