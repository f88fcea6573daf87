"""The words of a dice formula: text in, tokens out, and the one error that both can end in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from game.errors import RuleBroken

MAX_CHARACTERS = 500
MAX_DIGITS = 9

EXAMPLE = "as in 2d6+3"

Kind: TypeAlias = Literal["number", "die", "choice", "sign", "percent", "end"]


class DiceError(RuleBroken):
    """A formula that cannot be rolled.

    `reason` is a stable kind ("syntax", "too_many_dice", …), `position` the code point of the
    formula that it is about, counted from 0, or None where it is about the whole. The message is
    for the player, counts characters from 1 and repeats nothing of the formula but printable ASCII.
    """

    def __init__(self, reason: str, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.position = position


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a formula, in lower case, and where it stands: notation[start:end]."""

    kind: Kind
    text: str
    start: int
    end: int

    def __str__(self) -> str:
        """The token as a sentence points at it."""
        if self.kind == "end":
            return "the end of the formula"
        return f"“{self.text}” at character {self.start + 1}"


_KINDS: dict[str, Kind] = {
    "d": "die", "kh": "choice", "kl": "choice", "k": "choice", "dh": "choice", "dl": "choice",
    "+": "sign", "-": "sign", "%": "percent",
}  # fmt: skip

# Known from other tables, and not rolled here.
_UNSUPPORTED = {
    "(": "Parentheses", ")": "Parentheses", "{": "Groups", "}": "Groups", ",": "Groups",
    "[": "Labels", "]": "Labels", "#": "Comments", "//": "Comments", ".": "Decimals",
    "*": "Multiplication", "/": "Division", "!": "Exploding dice", "e": "Exploding dice",
    "<": "Counting successes", ">": "Counting successes", "=": "Counting successes",
    "df": "Fate dice", "r": "Rerolls", "ro": "Rerolls", "min": "Clamped dice",
    "max": "Clamped dice", "cs": "Marked criticals", "cf": "Marked criticals",
    "u": "Unique dice", "s": "Sorting", "sa": "Sorting", "sd": "Sorting",
    "floor": "Functions", "ceil": "Functions", "round": "Functions", "abs": "Functions",
    "adv": "Advantage by name", "dis": "Disadvantage by name", "x": "Repeated rolls",
}  # fmt: skip


def _any_of(words: Iterable[str]) -> str:
    """A pattern of the words, the longest first: `dl` is never `d` and a stray letter."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# Only spaces and tabs are blank: a line break would let one formula look like two lines of a log.
# An unsupported word ends where its letters end: `stealth` is not about sorting.
_TOKEN = re.compile(
    rf"""
    (?P<blank> [ \t]+ )
    | (?P<number> [0-9]+ )
    | (?P<unsupported> (?:{_any_of(_UNSUPPORTED)}) (?: (?<![a-z]) | (?![a-z]) ) )
    | (?P<word> {_any_of(_KINDS)} )
    | (?P<unknown> [a-z]+ | . )
    """,
    re.VERBOSE,
)


def tokenise(notation: str) -> list[Token]:
    """The tokens of a formula, the last of kind "end"; DiceError where a character fits nothing."""
    if len(notation) > MAX_CHARACTERS:
        raise DiceError(
            "too_long",
            f"A formula has at most {MAX_CHARACTERS} characters; this one has {len(notation)}.",
        )
    _refuse_foreign_characters(notation)
    tokens = list(_tokens(notation.lower()))
    if not tokens:
        raise DiceError("empty", f"There is nothing to roll; type dice and numbers, {EXAMPLE}.")
    return [*tokens, Token("end", "", len(notation), len(notation))]


def _refuse_foreign_characters(notation: str) -> None:
    for position, character in enumerate(notation):
        if not (character.isascii() and (character.isprintable() or character == "\t")):
            raise DiceError(
                "character",
                f"Character {position + 1} does not belong in a dice formula; "
                f"type plain letters, digits, + and -, {EXAMPLE}.",
                position,
            )


def _tokens(notation: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(notation):
        text, start, end = match[0], match.start(), match.end()
        match match.lastgroup:
            case "number":
                yield _number(text, start, end)
            case "word":
                yield Token(_KINDS[text], text, start, end)
            case "unsupported":
                raise _unsupported(text, start)
            case "unknown":
                raise _unknown(text, start)


def _number(text: str, start: int, end: int) -> Token:
    if len(text) > MAX_DIGITS:
        raise DiceError(
            "number_too_long",
            f"The number at character {start + 1} has {len(text)} digits; type one of at most {MAX_DIGITS}.",
            start,
        )
    if text[0] == "0" and len(text) > 1:
        raise DiceError(
            "syntax",
            f"“{text}” at character {start + 1} begins with a zero; type {int(text)} instead.",
            start,
        )
    return Token("number", text, start, end)


def _unsupported(text: str, start: int) -> DiceError:
    return DiceError(
        "unsupported",
        f"{_UNSUPPORTED[text]}, “{text}” at character {start + 1}, cannot be rolled here; "
        f"type dice and numbers joined by + and -, {EXAMPLE}.",
        start,
    )


def _unknown(text: str, start: int) -> DiceError:
    return DiceError(
        "syntax",
        f"“{text}” at character {start + 1} means nothing in a dice formula; "
        f"type dice and numbers joined by + and -, {EXAMPLE}.",
        start,
    )
