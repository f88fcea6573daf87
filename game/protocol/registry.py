"""The events that there are: `@event`, `@direct` and `@announcement` fill it."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from types import UnionType
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from game.roles import Role

S = TypeVar("S", bound=type[Struct])
F = TypeVar("F", bound=Callable[..., Any])


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
