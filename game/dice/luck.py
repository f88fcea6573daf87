"""Each player's dice in a session or a whole campaign, as far as one member may see them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from game.dice.rules.die import Die
from game.dice.rules.fairness.export import Event, rolls_of
from game.dice.rules.luck import Luck, die_named, luck, score
from game.dice.visible_rolls import ROLLS, events
from game.engine.models import LogEntry
from game.roles import Role

MAX_ENTRIES = 20_000  # the newest of a campaign; more would keep everybody waiting
MAX_DICE = 300_000  # in those; one roll may be of a thousand


@dataclass(frozen=True, slots=True)
class RollScored:
    """A roll, and how lucky its dice were together."""

    formula: str
    total: int | float
    score: float

    @property
    def shown(self) -> str:
        """The total with a real minus."""
        return str(self.total).replace("-", "−")


@dataclass(slots=True)
class PlayerLuck:
    """The dice of one player: for each kind what it did, the most thrown first.

    The rolls are noted from the newest to the oldest; `in_order` turns what was thrown round.
    """

    name: str
    rolls: int = 0
    best: RollScored | None = None
    worst: RollScored | None = None
    thrown: dict[str, tuple[Die, list[int]]] = field(default_factory=dict)

    @property
    def dice(self) -> list[Luck]:
        """Each kind of die by itself."""
        return [luck(die, values) for die, values in sorted(self.thrown.values(), key=lambda one: -len(one[1]))]

    def note(self, roll: dict[str, Any]) -> None:
        """One more roll, the one before those that are noted."""
        faces = list(_faces(roll))
        self.rolls += 1
        for die, value in reversed(faces):
            self.thrown.setdefault(die.name, (die, []))[1].append(value)
        found = score(faces)
        if found is None:
            return
        scored = RollScored(roll["formula"], roll["result"], found)
        if self.best is None or found >= self.best.score:
            self.best = scored
        if self.worst is None or found <= self.worst.score:
            self.worst = scored

    def in_order(self) -> PlayerLuck:
        """With the first throws first."""
        for _, values in self.thrown.values():
            values.reverse()
        return self


def luck_of(session_ids: Sequence[int], user_id: int, role: Role) -> list[PlayerLuck]:
    """The players with what the server rolled for them, by name; reported rolls and hidden ones are left out."""
    players: dict[int, PlayerLuck] = {}
    dice = 0
    for event in islice(_newest(session_ids, user_id, role), MAX_ENTRIES):
        who = event["data"]["player"]
        name = who.get("display_name") or who["username"]
        player = players.setdefault(who["user_id"], PlayerLuck(name))
        for roll in reversed(list(rolls_of(event))):
            if roll["source"] == "server":
                player.note(roll)
                dice += len(roll["rolls"])
        if dice > MAX_DICE:
            break
    counted = [player.in_order() for player in players.values() if player.thrown]
    return sorted(counted, key=lambda player: player.name.casefold())


def _newest(session_ids: Sequence[int], user_id: int, role: Role) -> Iterator[Event]:
    for session_id in sorted(session_ids, reverse=True):
        entries = LogEntry.objects.filter(ROLLS, session_id=session_id)
        yield from events(entries, user_id, role, newest_first=True)


def _faces(roll: dict[str, Any]) -> Iterator[tuple[Die, int]]:
    """Every face drawn; in the order drawn where all dice are of one kind."""
    dice = [_die(term) for term in roll["terms"]]
    kinds = {die.name: die for die in dice if die is not None}
    if len(kinds) == 1 and None not in dice:
        return ((next(iter(kinds.values())), value) for value in roll["rolls"])
    shown: Iterable[tuple[Die | None, dict[str, Any]]] = zip(dice, roll["terms"], strict=True)
    return ((die, face["value"]) for die, term in shown if die is not None for face in term["dice"])


def _die(term: dict[str, Any]) -> Die | None:
    if "die" in term:
        return die_named(term["die"])
    fudge = re.search(r"d\s*f(\.[12])?", term["notation"], re.IGNORECASE)  # rolls of old did not name it
    return die_named(f"df{fudge[1] or ''}" if fudge else f"d{term['sides']}")
