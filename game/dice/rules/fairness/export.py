"""The file that is verified: a session's rolls, and the events that they rest on.

    {"events": [{"data", "event", "seq"}, …], "format": "rollscape fairness 1",
     "roll": SEQ or null, "session": ID, "sha256": HEX}

`events` are stored events in the order of the log; `roll` is the one that was asked for alone, null
where these are all that the viewer may see. The file is canonical JSON (keys sorted, no blanks,
ASCII), and `sha256` is that of the canonical JSON of all its other fields.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, cast

FORMAT = "rollscape fairness 1"

Event = dict[str, Any]


class NotAnExport(Exception):
    """The file is not an export; the message says why."""


class Changed(Exception):
    """The file is an export, but it was changed."""


def write(session: int, events: Iterable[Event], roll: int | None = None) -> str:
    """The text of an export."""
    return "".join(parts(session, events, roll))


def parts(session: int, events: Iterable[Event], roll: int | None = None) -> Iterator[str]:
    """The text of an export, event by event."""
    writing = Writing(session, roll)
    yield writing.opening()
    for event in events:
        yield writing.event(event)
    yield writing.end()


class Writing:
    """An export that is being written, part by part."""

    def __init__(self, session: int, roll: int | None = None) -> None:
        self._digest = sha256()
        self._between = ""
        self._behind = f'],"format":{canonical(FORMAT)},"roll":{canonical(roll)},"session":{session}'

    def opening(self) -> str:
        """What stands before the events."""
        return self._counted('{"events":[')

    def event(self, event: Event) -> str:
        """One more event."""
        between, self._between = self._between, ","
        return self._counted(between + canonical(event))

    def end(self) -> str:
        """What stands behind the events, with the hash of it all."""
        behind = self._counted(self._behind)
        self._digest.update(b"}")
        return f'{behind},"sha256":"{self._digest.hexdigest()}"}}'

    def _counted(self, part: str) -> str:
        self._digest.update(part.encode())
        return part


def read(text: str) -> dict[str, Any]:
    """The content of an export, as it was written; NotAnExport or Changed for anything else."""
    text = text.removesuffix("\n")
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise NotAnExport("This is not JSON: it is not an export of RollScape, or it is damaged.") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise NotAnExport(f"This is not an export of RollScape: it does not say “{FORMAT}”.")
    digest = content.pop("sha256", None)
    if _digest(content) != digest or canonical(content | {"sha256": digest}) != text:
        raise Changed("This file was changed after it was written: its SHA-256 does not match.")
    return content


def canonical(content: object) -> str:
    """The one way to write this down."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def words_of(event: Event, roll: Mapping[str, Any]) -> str:
    """The text that asked for this roll: the line of chat that it is in, or its formula; for a draw, the table."""
    if event["event"] == "table_draw":
        return table_words(roll["table"]["id"])
    return str(event["data"]["message"] if event["event"] == "chat_message" else roll["formula"])


def faces_of(event: Event, roll: Mapping[str, Any]) -> list[int]:
    """The faces of a roll as drawn; of a draw the numbers of its rows, then the faces in their texts."""
    if event["event"] != "table_draw":
        return list(roll["rolls"])
    inside = [face for row in roll["rows"] for rolled in row.get("rolls", []) for face in rolled["rolls"]]
    return [*(row["number"] for row in roll["rows"]), *inside]


def table_words(table_id: int) -> str:
    """What asks for a draw. Nothing that a DM may change is in it, or draws could be chosen by changing it."""
    return f"table {table_id}"


def rolls_of(event: Event) -> Iterator[dict[str, Any]]:
    """The rolls in an event: that of `dice_roll`, or those inside a line of chat."""
    data = event["data"]
    found = [data.get("roll")] if event["event"] == "dice_roll" else data.get("rolls")
    for roll in found if isinstance(found, list) else []:
        if isinstance(roll, dict) and "formula" in roll:
            yield cast("dict[str, Any]", roll)


def draw_of(event: Event) -> dict[str, Any] | None:
    """The draw from a roll table that an event is, whole."""
    draw = event["data"].get("draw") if event["event"] == "table_draw" else None
    return cast("dict[str, Any]", draw) if isinstance(draw, dict) and "rows" in draw else None


def _digest(content: dict[str, Any]) -> str:
    return sha256(canonical(content).encode()).hexdigest()
