"""Decoding is total: any text is a request, or a refusal that says why."""

import json
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.protocol import COMMANDS, MAX_DEPTH, MAX_FRAME, MAX_OBJECT, BadFrame, Request, decode

CODES = {"malformed", "invalid", "unknown_event", "too_large"}
CHAT = '{"event":"chat_message","data":{"message":%s}}'
ACTION = '{"event":"player_action","data":{"action_type":"hide","details":%s}}'

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
names = st.sampled_from(sorted(COMMANDS)) | st.text(max_size=10)
fields = st.sampled_from(sorted({field for command in COMMANDS.values() for field in command.data.__struct_fields__}))
frames = st.fixed_dictionaries(
    {},
    optional={
        "event": names | values,
        "data": st.dictionaries(fields, values, max_size=5) | values,
        "id": st.text(max_size=70) | values,
    },
)


def refused(text: str) -> str:
    with pytest.raises(BadFrame) as bad:
        decode(text)
    assert bad.value.refusal.message
    return bad.value.refusal.code


def understood(text: str) -> bool:
    try:
        request = decode(text)
    except BadFrame as bad:
        assert bad.refusal.code in CODES  # noqa: PT017  (either is right)
        return False
    assert isinstance(request, Request)
    return True


@given(st.text() | st.text(alphabet=string.printable) | st.text(alphabet='{}[]":,\\u0dn1e+-. ', max_size=200))
def test_any_text_is_understood_or_refused(text: str) -> None:
    understood(text)


@given(frames)
def test_anything_of_a_frames_shape_is_understood_or_refused(frame: dict[str, Any]) -> None:
    understood(json.dumps(frame))


@given(st.text(alphabet=st.characters(categories=["Cs", "L"]), min_size=1))
def test_surrogates_are_refused_wherever_a_server_lets_them_through(text: str) -> None:
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        assert refused(CHAT % f'"{text}"') in {"malformed", "invalid"}


HOSTILE = {
    "bad JSON": "{",
    "nothing": "",
    "deep arrays": CHAT % ("[" * 30_000),
    "deep objects": ACTION % ('{"a":' * 5_000 + "1" + "}" * 5_000),
    "deeper than any reader follows": ACTION % ('{"a":' * 500 + "1" + "}" * 500),
    "NaN": '{"event":"ping","data":{"timestamp":NaN}}',
    "1e999": ACTION % '{"a":[1e999]}',
    "lone surrogate": CHAT % r'"\ud83d"',
    "lone surrogate in a long text": CHAT % ('"' + "x" * 20_000 + '\ud83d"'),
    "NUL": CHAT % r'"a\u0000b"',
    "NUL behind a backslash": CHAT % r'"\\\u0000"',
    "NUL in a key": ACTION % r'{"\u0000":1}',
    "NUL in what nobody reads": r'{"event":"ping","data":{"timestamp":1,"x":"\u0000"}}',
    "5,000 digits": '{"event":"ping","data":{"timestamp":%s}}' % ("9" * 5_000),
    "4,000 digits inside": ACTION % ('{"a":%s}' % ("9" * 4_000)),
    "65 bits inside": ACTION % ('{"a":%s}' % 2**64),
    "no event": '{"data":{}}',
    "unknown event": '{"event":"fireball"}',
    "data is null": '{"event":"ping","data":null}',
    "data is an array": '{"event":"ping","data":[]}',
    "an empty key": '{"event":"ping","data":{"timestamp":1},"id":""}',
    "a long key": json.dumps({"event": "ping", "data": {"timestamp": 1}, "id": "x" * 65}),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_frames_are_refused(text: str) -> None:
    assert refused(text) in {"malformed", "invalid", "unknown_event"}


def test_a_backslash_before_u0000_is_no_nul() -> None:
    assert decode(CHAT % r'"\\u0000"').data.message == r"\u0000"  # type: ignore[attr-defined]


@pytest.mark.parametrize("filler", ["x", "ü", "€", "🐉"])
def test_a_frame_is_measured_in_bytes(filler: str) -> None:
    envelope = len('{"event":"x","data":""}')
    most = (MAX_FRAME - envelope) // len(filler.encode())

    assert refused('{"event":"x","data":"%s"}' % (filler * most)) == "unknown_event"
    assert refused('{"event":"x","data":"%s"}' % (filler * (most + 1))) == "too_large"


def an_object_of(size: int) -> str:
    return json.dumps({"a": "x" * (size - len('{"a":""}'))})


def test_an_open_object_is_measured_as_compact_json() -> None:
    spaced = an_object_of(MAX_OBJECT).replace(":", ":" + " " * 1000)

    assert understood(ACTION % an_object_of(MAX_OBJECT))
    assert understood(ACTION % spaced)
    assert refused(ACTION % an_object_of(MAX_OBJECT + 1)) == "invalid"
    assert refused(ACTION % json.dumps({"a": [1] * 15_000})) == "invalid"


def test_an_open_object_may_be_as_deep_as_any_reader_follows() -> None:
    def nested(depth: int) -> str:
        return '{"a":' * depth + "1" + "}" * depth

    assert understood(ACTION % nested(MAX_DEPTH - 1))
    assert refused(ACTION % nested(MAX_DEPTH)) == "invalid"


def test_whole_numbers_in_an_open_object_have_64_bits() -> None:
    assert understood(ACTION % '{"a":%d,"b":%d}' % (2**63 - 1, -(2**63) + 1))
    assert refused(ACTION % json.dumps({"a": 2**63})) == "invalid"


def test_a_refusal_names_the_command_that_it_refuses() -> None:
    with pytest.raises(BadFrame) as bad:
        decode('{"event":"chat_message","data":{},"id":"mine"}')

    assert bad.value.id == "mine"


def test_what_is_unknown_in_data_is_ignored() -> None:
    assert understood('{"event":"ping","data":{"timestamp":1,"more":[{}]},"more":1}')
