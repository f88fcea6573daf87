"""The events that there are: `@event`, `@quiet`, `@passing`, `@direct` and `@announcement` fill it.

- an event is stored, numbered and broadcast;
- a quiet command writes under the session's lock, and nothing of it is logged;
- a passing event is said and not stored, without the database;
- a direct event is answered to its sender alone.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Raw, Struct

from game.protocol.audience import Addressed, Said
from game.roles import Role

S = TypeVar("S", bound=type[Struct])
F = TypeVar("F", bound=Callable[..., Any])
Kind = Literal["event", "quiet", "passing", "direct"]
To = Literal["room", "the others", "oneself"]
Price = Callable[[Any], float]


@dataclass(frozen=True)
class Open:
    """Marks a JSON object that keeps every key it came with; `shape` says which it must have."""

    shape: type[Struct] | None = None


@dataclass(frozen=True)
class Later:
    """Marks JSON whose shape is known once every subject is registered."""

    shape: Callable[[], type[Struct]]


@dataclass(frozen=True)
class Command:
    """What a client may send.

    `private`: its handler returns each result with an audience. `addressed`: its result is for one connection.
    `newest_of`, of passing events: the fields of the result by which only the newest of a sender matters; None where
    each counts. `price`: what it costs of its sender's credits, besides one and its size.
    """

    name: str
    kind: Kind
    who: Role
    refusal: str
    writes: bool
    joined: bool
    private: bool
    addressed: bool
    newest_of: tuple[str, ...] | None
    price: Price | None
    handler: Callable[..., Any]
    data: type[Struct]
    says: tuple[str, ...]
    doc: str
    opens: dict[str, Open] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "decode", msgspec.json.Decoder(self.data).decode)

    decode: Callable[[Any], Struct] = field(init=False, repr=False, compare=False)


@dataclass(frozen=True)
class Announcement:
    """What the server says. `cuts` are the shapes that some see of it instead. `plays`: that somebody played."""

    name: str
    data: type[Struct]
    to: To
    stored: bool
    doc: str
    cuts: tuple[type[Struct], ...] = ()
    plays: bool = True


COMMANDS: dict[str, Command] = {}
ANNOUNCEMENTS: dict[str, Announcement] = {}
NAMES: dict[type[Struct], str] = {}  # the event that a structure is the data of
SNAPSHOT: dict[str, Any] = {}  # the keys of a snapshot, each with its type


def event(
    name: str,
    *,
    who: Role = Role.PLAYER,
    refusal: str | None = None,
    says: str | None = None,
    cuts: tuple[type[Struct], ...] = (),
    writes: bool = False,
    plays: bool = True,
    price: Price | None = None,
) -> Callable[[F], F]:
    """Make a stored event of `handler(play, **fields)`. What it returns is logged and broadcast.

    It returns a structure for everybody, or, where its annotation says `Said[…]`, a structure with its audience;
    several consecutive events are a tuple. `who`: the least role that may send it; others hear `refusal`.
    `says`: its first structure's event, when that is not `name`; further structures are announced by themselves.
    `cuts`: the shapes that some may see of the first in its place. `writes`: the handler writes more than the log, so
    it runs in a savepoint. `plays`: it counts as play. `price(data)`: the credits that it costs besides those for every
    frame, for a command that may be dear. It runs on the writer's thread inside the batch's
    transaction and refuses by raising.
    """

    def register(handler: F) -> F:
        said = _said(handler)
        assert said, f"{name}: what is stored must say what is broadcast"
        doc = _doc(said[0]) or _doc(handler)
        _announce(Announcement(says or name, said[0], "room", True, doc, cuts, plays))
        _command(name, "event", handler, who=who, refusal=refusal, writes=writes, price=price)
        return handler

    return register


def quiet(name: str, *, who: Role = Role.PLAYER, refusal: str | None = None) -> Callable[[F], F]:
    """Make a command of `handler(play, **fields)` that writes under the session's lock and logs nothing.

    It runs like an event's handler. What it returns, if anything, is announced once it is committed, and not stored.
    Its acknowledgement has no `seq`, and its `id` is not remembered: carried out twice it must come to the same.
    """

    def register(handler: F) -> F:
        _command(name, "quiet", handler, who=who, refusal=refusal, writes=True)
        return handler

    return register


def passing(
    name: str,
    *,
    who: Role = Role.PLAYER,
    refusal: str | None = None,
    to: To = "the others",
    newest_of: tuple[str, ...] | None = None,
) -> Callable[[F], F]:
    """Make an event of `handler(seat, **fields)` that is said and not stored. It must not use the database.

    It returns a structure for the room or the others in it, a `Said[…]` for an audience, or an `Addressed[…]` for one
    connection, which comes in order or is answered with `not_found` or `busy`. `newest_of`: fields of the structure;
    of what a sender says with equal ones only the newest matters, so that others may be left out. None: each counts.
    """

    def register(handler: F) -> F:
        said = _said(handler)
        assert said, f"{name}: what passes must say what is broadcast"
        known = {f.name for f in msgspec.structs.fields(said[0])}
        assert known.issuperset(newest_of or ()), f"{name}: no such fields: {newest_of}"
        _announce(Announcement(name, said[0], to, False, _doc(said[0]) or _doc(handler)))
        _command(name, "passing", handler, who=who, refusal=refusal, newest_of=newest_of)
        return handler

    return register


def direct(name: str, *, joined: bool = True) -> Callable[[F], F]:
    """Make an event of the coroutine `handler(process, socket, **fields) -> None`, which answers through the socket.

    Any member may send it; with `joined=False` also from outside the room.
    """

    def register(handler: F) -> F:
        _command(name, "direct", handler, who=Role.SPECTATOR, joined=joined)
        return handler

    return register


def announcement(name: str, *, to: To, stored: bool = False, plays: bool = True) -> Callable[[S], S]:
    """Name the server's own event whose `data` is the decorated structure."""

    def register(data: S) -> S:
        _announce(Announcement(name, data, to, stored, _doc(data), plays=plays))
        return data

    return register


@cache
def snapshot_shape() -> type[Struct]:
    """What a user may see now: the last 50 stored frames that they may see, and the state of each subject."""
    shape = msgspec.defstruct("Snapshot", [("events", list[Raw]), *SNAPSHOT.items()], module=__name__)
    shape.__doc__ = snapshot_shape.__doc__
    return shape


def _announce(said: Announcement) -> None:
    assert said.name not in ANNOUNCEMENTS, f"{said.name} is announced twice"
    for data in (said.data, *said.cuts):
        assert data not in NAMES, f"{data.__name__} is the data of {NAMES.get(data)} and of {said.name}"
        NAMES[data] = said.name
    ANNOUNCEMENTS[said.name] = said


def _command(
    name: str,
    kind: Kind,
    handler: Callable[..., Any],
    *,
    who: Role,
    refusal: str | None = None,
    writes: bool = False,
    joined: bool = True,
    newest_of: tuple[str, ...] | None = None,
    price: Price | None = None,
) -> None:
    assert name not in COMMANDS, f"{name} is registered twice"
    said = _said(handler)
    assert all(data in NAMES for data in said), f"{name} says what is announced nowhere"
    hints = get_type_hints(handler, include_extras=True)
    parameters = list(inspect.signature(handler).parameters.values())[2 if kind == "direct" else 1 :]
    COMMANDS[name] = Command(
        name=name,
        kind=kind,
        who=who,
        refusal=refusal or f"Only a {who.label.lower()} can send {name}",
        writes=writes,
        joined=joined,
        private=_is_private(hints.get("return")),
        addressed=get_origin(hints.get("return")) is Addressed,
        newest_of=newest_of,
        price=price,
        handler=handler,
        data=_structure(name, parameters, hints, handler.__module__),
        says=tuple(NAMES[data] for data in said),
        doc=_doc(handler),
        opens={p.name: mark for p in parameters for mark in _marks(hints[p.name]) if isinstance(mark, Open)},
    )


def _structure(name: str, parameters: Sequence[inspect.Parameter], hints: dict[str, Any], module: str) -> type[Struct]:
    words = "".join(word.title() for word in name.split("_"))
    fields = [
        (p.name, hints[p.name]) if p.default is p.empty else (p.name, hints[p.name], p.default) for p in parameters
    ]
    return msgspec.defstruct(f"{words}Command", fields, module=module)


def _said(handler: Callable[..., Any]) -> list[type[Struct]]:
    """The structures that a handler returns, by its annotation."""
    returned = get_type_hints(handler).get("return")
    return list(
        dict.fromkeys(
            part
            for part in _parts(returned)
            if isinstance(part, type) and issubclass(part, Struct) and part is not Struct
        )
    )


def _parts(hint: Any) -> Iterator[Any]:
    """A return type's structures, out of `Said[…]`, `Addressed[…]`, tuples and unions."""
    if get_origin(hint) in (Said, Addressed, tuple, list, Union, UnionType):
        for part in get_args(hint):
            yield from _parts(part)
    else:
        yield hint


def _is_private(hint: Any) -> bool:
    """Whether every structure that is returned comes with an audience; all of them or none must."""
    open_ones, private = 0, 0
    for part in get_args(hint) if get_origin(hint) in (tuple, list, Union, UnionType) else (hint,):
        if get_origin(part) in (tuple, list, Union, UnionType):
            private += _is_private(part)
            open_ones += not _is_private(part)
        elif get_origin(part) in (Said, Addressed):
            private += 1
        elif isinstance(part, type) and issubclass(part, Struct):
            open_ones += 1
    assert not (private and open_ones), "some results have an audience and others none"
    return bool(private)


def _marks(hint: Any) -> tuple[Any, ...]:
    return get_args(hint)[1:] if get_origin(hint) is Annotated else ()


def _doc(thing: Any) -> str:
    return inspect.cleandoc(thing.__doc__ or "")
