"""Whatever no field of a command may hold is refused in every one of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import Struct, inspect

from game.protocol import MAX_OBJECT, BadFrame, Command, decode
from tests.examples import EXAMPLES
from tests.test_contract import every_command, text

OF_EACH_KIND: dict[str, Any] = {
    "null": None,
    "bool": True,
    "int": 7,
    "float": 1.5,
    "str": "x",
    "array": [],
    "object": {},
}


def accepted(kind: inspect.Type) -> set[str]:
    """The kinds of JSON values that a field of this type takes; a type that is not known here needs a line."""
    match kind:
        case inspect.UnionType():
            return set().union(*(accepted(part) for part in kind.types))
        case inspect.StrType() | inspect.LiteralType():
            return {"str"}
        case inspect.BoolType():
            return {"bool"}
        case inspect.IntType():
            return {"int"}
        case inspect.FloatType():
            return {"int", "float"}
        case inspect.ListType():
            return {"array"}
        case inspect.DictType():
            return {"object"}
        case inspect.NoneType():
            return {"null"}
    raise AssertionError(f"what is garbage for {kind}?")


def garbage(kind: inspect.Type, right: Any) -> Iterator[Any]:
    """Values that a field of this type refuses. `right`: one that it takes."""
    taken = accepted(kind)
    yield from (value for name, value in OF_EACH_KIND.items() if name not in taken)
    for part in kind.types if isinstance(kind, inspect.UnionType) else (kind,):
        yield from _past_the_limits(part, right)


def _past_the_limits(kind: inspect.Type, right: Any) -> Iterator[Any]:
    if isinstance(kind, inspect.LiteralType):
        yield from ("", f"{right} ", right.upper())
    if isinstance(kind, inspect.StrType):
        yield from ("\0", "a\0b")
        assert kind.max_length, "a text without a limit"
        yield "x" * (kind.max_length + 1)
        if kind.min_length:
            yield "x" * (kind.min_length - 1)
    if isinstance(kind, inspect.IntType | inspect.FloatType) and kind.ge is not None and kind.le is not None:
        yield from (kind.ge - 1, kind.le + 1)
    if isinstance(kind, inspect.ListType):
        assert kind.max_length, "an array without a limit"
        yield right * (kind.max_length + 1)
        yield from ([value] for value in garbage(kind.item_type, right[0]))
    if isinstance(kind, inspect.DictType):
        yield from ({**right, "more": value} for value in ("x" * MAX_OBJECT, "\0", 2**64, [[["\0"]]]))
        yield {**right, "\0": 1}


def garbage_frames(command: Command) -> Iterator[str]:
    example = EXAMPLES[command.name]
    for field in inspect.type_info(command.data).fields:  # type: ignore[attr-defined]
        rest = {name: value for name, value in example.items() if name != field.name}
        if field.required:
            yield text(command, **rest)
        for value in garbage(field.type, example[field.name]):
            yield text(command, **rest, **{field.name: value})
    for name, mark in command.opens.items():
        if mark.shape:
            yield from (text(command, **example | {name: value}) for value in _out_of_shape(mark.shape, example[name]))


def _out_of_shape(shape: type[Struct], right: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for field in inspect.type_info(shape).fields:  # type: ignore[attr-defined]
        yield {name: value for name, value in right.items() if name != field.encode_name}
        taken = {"bool"} if isinstance(field.type, inspect.BoolType) else accepted(field.type)
        for kind, value in OF_EACH_KIND.items():
            if kind not in taken:
                yield {**right, field.encode_name: value}


@every_command
def test_garbage_is_refused_in_every_field(command: Command) -> None:
    for frame in garbage_frames(command):
        with pytest.raises(BadFrame) as bad:
            decode(frame)
        assert bad.value.refusal.code in {"invalid", "malformed"}, frame
        assert bad.value.refusal.message


@every_command
def test_a_text_of_the_greatest_length_is_taken(command: Command) -> None:
    for field in inspect.type_info(command.data).fields:  # type: ignore[attr-defined]
        for kind in field.type.types if isinstance(field.type, inspect.UnionType) else (field.type,):
            if isinstance(kind, inspect.StrType):
                longest = "🐉" * (kind.max_length or 0)  # lengths count code points
                assert decode(text(command, **EXAMPLES[command.name] | {field.name: longest}))
