"""What a roll's card says of its dice, to be compared with the dice rolled again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from game.dice.rules import dice

Card = tuple[Any, ...]

_MARKS = ("exploded", "rerolled", "critical", "fumble", "success", "failure")


def card_of(rolled: dice.Roll) -> Card:
    """What the card of this roll must say."""
    terms = [
        (t.notation, t.sign, t.die, t.sides, t.subtotal, t.label, [_face(face) for face in t.faces])
        for t in rolled.terms
    ]
    bonuses = [(bonus.value, bonus.label) for bonus in rolled.results[0].bonuses]
    return terms, bonuses, [result.total for result in rolled.results]


def shown(roll: Mapping[str, Any]) -> Card:
    """What the card of a roll in the log says; what it leaves out is false, empty or said already."""
    terms = [
        (t["notation"], t["sign"], t["die"], t["sides"], t["subtotal"], t.get("label", ""), [*map(_shown, t["dice"])])
        for t in roll["terms"]
    ]
    bonuses = [(bonus["value"], bonus.get("label", "")) for bonus in roll.get("bonuses", [])]
    return terms, bonuses, roll.get("results", [roll["result"]])


def _face(face: dice.Face) -> Card:
    return face.value, face.kept, face.worth, *(getattr(face, mark) for mark in _MARKS)


def _shown(die: Mapping[str, Any]) -> Card:
    return die["value"], die["kept"], die.get("worth", die["value"]), *(die.get(mark, False) for mark in _MARKS)
