"""The grammar of modifiers: what may stand behind dice and behind a group.

    modifier = ("kh" | "kl" | "k" | "dh" | "dl" | "d") NUMBER?
             | ("!" | "!!" | "x" | "e") "p"? "o"? point?
             | ("r" | "ro" | "rr") point? | "rk" NUMBER
             | "u" "o"? point?
             | ("min" | "mi" | "max" | "ma") sign? NUMBER
             | comparison ("f" (comparison | NUMBER))?
             | "ms" (comparison | NUMBER)
             | ("cs" | "cf") point?
             | "s" | "sa" | "sd" | "adv" | "dis"
    point      = comparison | NUMBER
    comparison = ("=" | "!=" | "<>" | ">" | ">=" | "<" | "<=") sign? NUMBER

A comparison directly behind dice never begins with `!=`: `2d6!=5` explodes on 5. Behind `e` a bare
number is refused, because `1e3` is a thousand elsewhere. Behind a group stand keeping, dropping,
counting, margins and sorting only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias, cast

from game.dice.rules.cursor import Cursor
from game.dice.rules.exact import Number
from game.dice.rules.lexer import DiceError, Token
from game.dice.rules.modifiers import (
    Choice,
    Comparison,
    Count,
    Explosion,
    Modifiers,
    Order,
    Points,
    Relation,
    Selection,
    Unique,
)

MAX_MODIFIERS = 20

Reader: TypeAlias = Callable[[Cursor, Token, Modifiers], Modifiers]

_RELATIONS = ("=", "<>", ">", ">=", "<", "<=")
_CHOICES: dict[str, Choice] = {"kh": "kh", "k": "kh", "kl": "kl", "dh": "dh", "dl": "dl", "d": "dl"}
_ORDERS: dict[str, Order] = {"s": "ascending", "sa": "ascending", "sd": "descending"}


def read_dice_modifiers(cursor: Cursor, *, single_d20: bool) -> Modifiers:
    """The modifiers of dice; advantage is left alone where these are not a single d20."""
    modifiers = Modifiers()
    left = MAX_MODIFIERS
    while cursor.at(*_DICE_READERS) and not _repeats(cursor):
        if cursor.at("adv", "dis") and not single_d20:
            break
        modifiers, left = _read(cursor, _DICE_READERS, modifiers, left)
    return modifiers


def read_group_modifiers(cursor: Cursor) -> Modifiers:
    """The modifiers of a group."""
    modifiers = Modifiers()
    left = MAX_MODIFIERS
    while cursor.at(*_DICE_READERS) and not cursor.at("x", "adv", "dis"):
        if not cursor.at(*_GROUP_READERS):
            raise DiceError(
                "syntax",
                f"{cursor.next} follows a group, but belongs to dice; "
                "a group is kept, dropped, counted and sorted, as in {2d6, 3d4}kh1.",
                cursor.next.start,
            )
        modifiers, left = _read(cursor, _GROUP_READERS, modifiers, left)
    return modifiers


def _repeats(cursor: Cursor) -> bool:
    """Whether an `x` repeats the formula: `4d6 x6` does, `4d6x6` explodes. `x1` would do neither well."""
    if not cursor.at("x") or cursor.after_next.kind != "number":
        return False
    return cursor.next.start > cursor.previous_end or cursor.after_next.text == "1"


def _read(cursor: Cursor, readers: dict[str, Reader], modifiers: Modifiers, left: int) -> tuple[Modifiers, int]:
    word = cursor.take()
    if left == 0:
        raise DiceError(
            "too_many_modifiers",
            f"The dice have more than {MAX_MODIFIERS} modifiers at character {word.start + 1}; "
            "say each thing once, as in 4d6kh3.",
            word.start,
        )
    return readers[word.text](cursor, word, modifiers), left - 1


# Compare points ----------------------------------------------------------------------------


def _comparison(cursor: Cursor) -> Comparison | None:
    if relation := cursor.accept(*_RELATIONS):
        return Comparison(cast(Relation, relation.text), _signed(cursor, "a number to compare with"))
    behind = cursor.after_next
    if cursor.at("!") and (behind.text, behind.start) == ("=", cursor.next.end):
        cursor.take()
        cursor.take()
        return Comparison("<>", _signed(cursor, "a number to compare with"))
    return None


def _point(cursor: Cursor) -> Comparison | None:
    comparison = _comparison(cursor)
    if comparison is None and (number := cursor.accept_number()) is not None:
        return Comparison("=", number)
    return comparison


def _required_point(cursor: Cursor, what: str) -> Comparison:
    return _point(cursor) or cursor.refuse(what)


def _signed(cursor: Cursor, what: str) -> Number:
    sign = -1 if (token := cursor.accept("+", "-")) and token.text == "-" else 1
    number = cursor.accept_number()
    if number is None:
        cursor.refuse(what)
    return sign * number


# One reader for each modifier --------------------------------------------------------------


def _select(cursor: Cursor, word: Token, modifiers: Modifiers) -> Modifiers:
    selection = Selection(_CHOICES[word.text], _selected(cursor, word))
    return replace(modifiers, selections=(*modifiers.selections, selection))


def _selected(cursor: Cursor, word: Token) -> int:
    if cursor.at("-"):
        raise DiceError(
            "ambiguous",
            f"The minus at character {cursor.next.start + 1} could belong to “{word.text}” "
            f"before it; to subtract, type {word.text}1-.",
            cursor.next.start,
        )
    number = cursor.next
    if number.kind != "number":
        return 1
    count = cursor.whole("how many dice it takes")
    if count == 0:
        raise DiceError(
            "syntax",
            f"{word} is followed by 0; type how many dice it takes, from 1 on, as in 4d6kh3.",
            number.start,
        )
    return count


def _explode(cursor: Cursor, word: Token, modifiers: Modifiers) -> Modifiers:
    penetrating = cursor.accept("p") is not None
    once = cursor.accept("o") is not None
    if word.text == "e" and cursor.next.kind == "number":
        raise DiceError(
            "syntax",
            f"“e” at character {word.start + 1} takes no bare number; "
            f"to explode on it, type !{cursor.next.text} instead.",
            word.start,
        )
    earlier: Points = modifiers.explosion.points if modifiers.explosion else ()
    explosion = Explosion((*earlier, _point(cursor)), word.text == "!!", penetrating, once)
    if modifiers.explosion and replace(modifiers.explosion, points=explosion.points) != explosion:
        raise _twice(word, "explode in two ways")
    return replace(modifiers, explosion=explosion)


def _reroll(cursor: Cursor, word: Token, modifiers: Modifiers) -> Modifiers:
    if word.text == "r" and cursor.accept("o"):
        return replace(modifiers, rerolls_once=(*modifiers.rerolls_once, _point(cursor)))
    return replace(modifiers, rerolls=(*modifiers.rerolls, _point(cursor)))


def _reroll_below(cursor: Cursor, _word: Token, modifiers: Modifiers) -> Modifiers:
    below = Comparison("<", cursor.whole("the number below which to reroll"))
    return replace(modifiers, rerolls_once=(*modifiers.rerolls_once, below))


def _unique(cursor: Cursor, word: Token, modifiers: Modifiers) -> Modifiers:
    once = cursor.accept("o") is not None
    if modifiers.unique and modifiers.unique.once != once:
        raise _twice(word, "be unique in two ways")
    earlier: Points = modifiers.unique.points if modifiers.unique else ()
    return replace(modifiers, unique=Unique((*earlier, _point(cursor)), once))


def _minimum(cursor: Cursor, _word: Token, modifiers: Modifiers) -> Modifiers:
    number = _signed(cursor, "the lowest number that a die counts for, as in 2d6min2")
    return replace(modifiers, minimum=number if modifiers.minimum is None else max(number, modifiers.minimum))


def _maximum(cursor: Cursor, _word: Token, modifiers: Modifiers) -> Modifiers:
    number = _signed(cursor, "the highest number that a die counts for, as in 2d6max5")
    return replace(modifiers, maximum=number if modifiers.maximum is None else min(number, modifiers.maximum))


def _count(cursor: Cursor, word: Token, modifiers: Modifiers) -> Modifiers:
    if modifiers.count or modifiers.margin:
        raise _twice(word, "be counted twice")
    success = Comparison(cast(Relation, word.text), _signed(cursor, "a number to compare with"))
    failure = _required_point(cursor, "what counts as a failure, as in f1") if cursor.accept("f") else None
    return replace(modifiers, count=Count(success, failure))


def _margin(cursor: Cursor, word: Token, modifiers: Modifiers) -> Modifiers:
    if modifiers.count or modifiers.margin:
        raise _twice(word, "be counted twice")
    target = _required_point(cursor, "what to reach, as in ms>=12")
    if target.relation == "<>":
        raise DiceError("syntax", f"{word} cannot miss a number; type what to reach, as in ms>=12.", word.start)
    return replace(modifiers, margin=target)


def _critical(cursor: Cursor, _word: Token, modifiers: Modifiers) -> Modifiers:
    return replace(modifiers, criticals=(*modifiers.criticals, _point(cursor)))


def _fumble(cursor: Cursor, _word: Token, modifiers: Modifiers) -> Modifiers:
    return replace(modifiers, fumbles=(*modifiers.fumbles, _point(cursor)))


def _sort(_cursor: Cursor, word: Token, modifiers: Modifiers) -> Modifiers:
    return replace(modifiers, order=_ORDERS[word.text])


def _advantage(_cursor: Cursor, word: Token, modifiers: Modifiers) -> Modifiers:
    if modifiers.advantage:
        raise _twice(word, "have advantage or disadvantage twice")
    return replace(modifiers, advantage=ADVANTAGES[word.text])


def _twice(word: Token, what: str) -> DiceError:
    return DiceError("syntax", f"With {word} the same dice would {what}; leave one of the two out.", word.start)


ADVANTAGES: dict[str, Choice] = {"adv": "kh", "dis": "kl"}

_GROUP_READERS: dict[str, Reader] = {
    **dict.fromkeys(_CHOICES, _select),
    **dict.fromkeys(_RELATIONS, _count),
    **dict.fromkeys(_ORDERS, _sort),
    "ms": _margin,
}
_DICE_READERS: dict[str, Reader] = {
    **_GROUP_READERS,
    **dict.fromkeys(("!", "!!", "x", "e"), _explode),
    **dict.fromkeys(("r", "rr"), _reroll), "rk": _reroll_below,
    "u": _unique,
    "min": _minimum, "mi": _minimum, "max": _maximum, "ma": _maximum,
    "cs": _critical, "cf": _fumble,
    "adv": _advantage, "dis": _advantage,
}  # fmt: skip

# All words and signs that a modifier begins with.
MODIFIERS = frozenset(_DICE_READERS)
