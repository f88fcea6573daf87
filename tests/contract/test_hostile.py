"""Frames that no honest client sends: an error each, nothing in the log, and the socket lives on."""

import json
from typing import Any

import pytest

from tests.support.client import Client
from tests.support.table import Table

CHAT = '{"event":"chat_message","data":{"message":%s}}'
ACTION = '{"event":"player_action","data":{"action_type":"hide","details":%s}}'
WRONG = {"malformed", "invalid"}  # where the protocol leaves open which of the two

# frame -> the codes that may answer it
FRAMES: dict[str, tuple[str | bytes, set[str]]] = {
    "nothing": ("", {"malformed"}),
    "a blank": (" ", {"malformed"}),
    "no JSON": ("hello", {"malformed"}),
    "half a frame": ('{"event":"chat_message","data":{"mess', {"malformed"}),
    "two frames": ('{"event":"ping","data":{"timestamp":1}}{"event":"ping"}', {"malformed"}),
    "single quotes": ("{'event':'ping'}", {"malformed"}),
    "binary": (b'{"event":"ping","data":{"timestamp":1}}', {"malformed"}),
    "binary noise": (b"\x00\xff\xfe\x80", {"malformed"}),
    "an array": ('["chat_message",{"message":"x"}]', {"malformed"}),
    "a text": ('"chat_message"', {"malformed"}),
    "a number": ("42", {"malformed"}),
    "null": ("null", {"malformed"}),
    "no event": ('{"data":{"message":"x"}}', {"malformed"}),
    "an unknown event": ('{"event":"fireball","data":{}}', {"unknown_event"}),
    "an event of the server's": ('{"event":"room_joined","data":{}}', {"unknown_event"}),
    "an event's private name": ('{"event":"__class__","data":{}}', {"unknown_event"}),
    "the empty event": ('{"event":"","data":{}}', {"unknown_event", *WRONG}),
    "a long event": (json.dumps({"event": "x" * 60_000}), {"unknown_event", *WRONG}),
    "an event with NUL": ('{"event":"chat_message\\u0000","data":{"message":"x"}}', {"unknown_event", *WRONG}),
    "data that is an array": ('{"event":"chat_message","data":["x"]}', WRONG),
    "data that is a text": ('{"event":"chat_message","data":"x"}', WRONG),
    "data that is null": ('{"event":"chat_message","data":null}', WRONG),
    "no data": ('{"event":"chat_message"}', WRONG),
    "deep arrays": (CHAT % ("[" * 30_000 + "]" * 30_000), WRONG),
    "deep objects": (ACTION % ('{"a":' * 5_000 + "1" + "}" * 5_000), WRONG),
    "deep and never closed": ("[" * 60_000, WRONG),
    "deep where nobody looks": (
        '{"event":"ping","data":{"timestamp":1},"more":' + "[" * 30_000 + "]" * 30_000 + "}",
        {"malformed", "invalid", "pong"},
    ),
    "NaN": ('{"event":"ping","data":{"timestamp":NaN}}', {"malformed"}),
    "Infinity": ('{"event":"ping","data":{"timestamp":Infinity}}', {"malformed"}),
    "-Infinity": ('{"event":"ping","data":{"timestamp":-Infinity}}', {"malformed"}),
    "NaN inside": (ACTION % '{"a":[{"b":NaN}]}', {"malformed"}),
    "NaN where nobody looks": ('{"event":"ping","data":{"timestamp":1,"x":NaN}}', {"malformed"}),
    "1e999": ('{"event":"ping","data":{"timestamp":1e999}}', WRONG),
    "-1e999": ('{"event":"ping","data":{"timestamp":-1e999}}', WRONG),
    "1e999 inside": (ACTION % '{"a":[1e999]}', WRONG),
    "5,000 digits": ('{"event":"ping","data":{"timestamp":%s}}' % ("9" * 5_000), WRONG),
    "5,000 digits for a text": (CHAT % ("9" * 5_000), WRONG),
    "5,000 digits inside": (ACTION % '{"a":%s}' % ("9" * 5_000), WRONG),
    "4,000 digits inside": (ACTION % '{"a":%s}' % ("9" * 4_000), WRONG),
    "5,000 decimals": ('{"event":"ping","data":{"timestamp":0.%s}}' % ("9" * 5_000), {"pong", *WRONG}),
    "5,000 digits as a seq": ('{"event":"join_room","data":{"since":%s}}' % ("9" * 5_000), {"room_joined", *WRONG}),
    "an escaped NUL": (CHAT % r'"a\u0000b"', WRONG),
    "a bare NUL": (CHAT % '"a\0b"', WRONG),
    "a NUL inside": (ACTION % r'{"a":["\u0000"]}', WRONG),
    "a NUL in a key": (ACTION % r'{"\u0000":1}', WRONG),
    "a NUL in a ping": (r'{"event":"ping","data":{"timestamp":"\u0000"}}', WRONG),
    "a NUL in the command's key": (r'{"event":"chat_message","data":{"message":"x"},"id":"\u0000"}', WRONG),
    "a lone high surrogate": (CHAT % r'"\ud83d"', WRONG),
    "a lone low surrogate": (CHAT % r'"\udc09 x"', WRONG),
    "surrogates the wrong way round": (CHAT % r'"\udc09\ud83d"', WRONG),
    "a surrogate inside": (ACTION % r'{"a":{"\ud800":1}}', WRONG),
    "a surrogate in a ping": (r'{"event":"ping","data":{"timestamp":"\ud800"}}', WRONG),
    "a surrogate in the command's key": (r'{"event":"chat_message","data":{"message":"x"},"id":"\udfff"}', WRONG),
    "a bare line break in a text": (CHAT % '"a\nb"', {"malformed"}),
    "a key that is a number": ('{"event":"chat_message","data":{"message":"x"},"id":7}', WRONG),
    "a key that is an object": ('{"event":"chat_message","data":{"message":"x"},"id":{}}', WRONG),
    "an event that is a number": ('{"event":42,"data":{}}', {"unknown_event", *WRONG}),
    "an event that is an object": ('{"event":{},"data":{}}', {"unknown_event", *WRONG}),
}


async def answer(client: Client, frame: str | bytes) -> str:
    """The code of the error that answers, or the event when it is none."""
    await client.send_text(frame)
    heard = await client.expect_any("error", "pong", "room_joined")
    if heard["event"] != "error":
        return str(heard["event"])
    assert "seq" not in heard
    assert isinstance(heard["data"]["message"], str)
    assert heard["data"]["message"]
    return str(heard["data"]["code"])


async def test_hostile_frames_are_answered_and_survived(table: Table, subtests: pytest.Subtests) -> None:
    # Shared among three people, so that none meets the rate limit.
    for number, who in enumerate(table.tokens):
        client = await table.sit(who)
        mine = list(FRAMES.items())[number :: len(table.tokens)]
        for name, (frame, codes) in mine:
            with subtests.test(name):
                assert await answer(client, frame) in codes
        await client.fence()
        assert {frame["event"] for frame in client.unread} <= {"player_list", "player_joined"}

    assert table.history()["results"] == []
    assert "Traceback" not in table.server.log


# Wrong types ------------------------------------------------------------------------------------

TEXT: tuple[Any, ...] = (None, True, 7, 1.5, [], ["x"], {}, {"x": "y"})
OBJECT: tuple[Any, ...] = (None, False, 7, "x", "{}", [], [{}])
NUMBER_OR_TEXT: tuple[Any, ...] = (None, True, [], {}, [1])
NUMBER: tuple[Any, ...] = (None, True, "1", 1.5, [], {})
RIGHT: dict[str, dict[str, Any]] = {
    "chat_message": {"message": "x"},
    "dice_roll": {"formula": "1d20", "result": 3, "rolls": [3], "modifier": 0},
    "dm_narration": {"narration": "x"},
    "player_action": {"action_type": "x", "details": {}},
    "turn_change": {"turn": {"current_character_name": None}},
    "combat_update": {"combat": {"active": True}},
    "ping": {"timestamp": 1},
}
WRONG_VALUES: dict[str, dict[str, tuple[Any, ...]]] = {
    "chat_message": {"message": TEXT},
    "dice_roll": {
        "formula": TEXT,
        "result": NUMBER[1:],
        "rolls": (7, "3", {}, {"0": 3}, [None], ["3"], [[3]], [True]),
        "modifier": ("0", 0.5, [], {}, True),
    },
    "dm_narration": {"narration": TEXT},
    "player_action": {"action_type": TEXT, "details": OBJECT},
    "turn_change": {"turn": (*OBJECT, {}, *({"current_character_name": name} for name in (False, *TEXT[2:])))},
    "combat_update": {"combat": (*OBJECT, {}, *({"active": active} for active in (0, 1, "true", *TEXT[4:], None)))},
    "ping": {"timestamp": NUMBER_OR_TEXT},
}


@pytest.mark.parametrize("event", WRONG_VALUES)
async def test_a_wrong_type_in_any_field_is_refused(table: Table, event: str, subtests: pytest.Subtests) -> None:
    dm = await table.sit("dm")

    for field, values in WRONG_VALUES[event].items():
        for value in values:
            with subtests.test(f"{field}: {value!r}"):
                await refuses(dm, event, {**RIGHT[event], field: value})

    assert table.history()["results"] == []
    await dm.sends_acked(event, RIGHT[event])  # or none of the refusals would mean anything


@pytest.mark.parametrize("event", WRONG_VALUES)
async def test_a_missing_field_is_refused(table: Table, event: str) -> None:
    dm = await table.sit("dm")

    for field in RIGHT[event]:
        if field != "modifier":  # the one that may be left out by itself
            await refuses(dm, event, {name: value for name, value in RIGHT[event].items() if name != field})

    assert table.history()["results"] == []


async def refuses(client: Client, event: str, data: Any) -> None:
    """The command is refused as one that does not fit; the error names it."""
    assert (await client.refused(event, data))["code"] in WRONG


async def test_unknown_fields_are_ignored(table: Table) -> None:
    alice = await table.sit("alice")

    await alice.send_text(
        '{"event":"chat_message","data":{"message":"x","seq":9,"more":{}},"seq":7,"more":[1],"id":"a"}'
    )

    assert await alice.expect("ack") == {"id": "a", "seq": 1, "duplicate": False}
