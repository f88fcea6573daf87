"""The words of a dice formula: text in, tokens out, and the one error that both can end in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from game.dice.rules.hints import HINTS, hint, without_zeros
from game.errors import RuleBroken

MAX_CHARACTERS = 500
MAX_DIGITS = 9

EXAMPLE = "as in 2d6+3"

# What books print for a minus and for a blank; each is one character, so that places stay.
_PRINTED = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
)

Kind: TypeAlias = Literal["number", "word", "symbol", "label", "end"]


class DiceError(RuleBroken):
    """A formula that cannot be rolled.

    `reason` is a stable kind ("syntax", "too_many_dice", …; docs/dice.md has them all), `position`
    the code point of the formula that it is about, counted from 0, or None where it is about the
    whole. The message is for the player, counts characters from 1 and repeats nothing of the
    formula but printable ASCII.
    """

    def __init__(self, reason: str, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.position = position


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a formula and where it stands: notation[start:end].

    `text` is in lower case; a label's is what stands between its brackets, as it was typed.
    """

    kind: Kind
    text: str
    start: int
    end: int

    def __str__(self) -> str:
        """The token as a sentence points at it."""
        match self.kind:
            case "end":
                return "the end of the formula"
            case "label":
                return f"the label “[{self.text}]” at character {self.start + 1}"
            case _:
                return f"“{self.text}” at character {self.start + 1}"


# The longest first: `dl` is never `d` and a stray letter. `rkh3` is `r` and `kh3`. What is easily
# part of a word must not follow just any letter, so that “dex” is a typing error and no modifier.
_WORDS = r"""
    floor | round | ceil | abs | adv | dis | min | max
    | df (?: \.[0-9]+ )? | rk (?! [hl] ) | rr | kh | kl | dh | dl | cs | cf | ms | mi | ma | sa | sd
    | d | k | r | u | s | f | (?<! [a-z] ) [xeop] | (?<= [ruxep] ) o | (?<= [xe] ) p
"""

# What `//` divides by; anything else behind it is a comment.
_EXPRESSION = r"""
    [ \t(+{-]*
    (?: [0-9] | d [ \t]* [0-9%(] | df (?! [a-z] ) | (?: floor | ceil | round | abs | min | max ) [ \t]* \( )
"""

# Only spaces and tabs are blank: a line break would let one formula look like two lines of a log.
_TOKEN = re.compile(
    rf"""
    (?P<blank> [ \t]+ )
    | (?P<number> [0-9]+ (?: \.[0-9]+ )? )
    | (?P<word> {_WORDS} )
    | (?P<label> \[ [^\[\]]* \] )
    | (?P<comment> (?: \# | // (?! {_EXPRESSION} ) ) .* )
    | (?P<symbol> // | !! | <= | >= | <> | [-+*/%(){{}},=<>!] )
    | (?P<unknown> . )
    """,
    re.VERBOSE,
)

# A label is shown to everybody at the table: words, and nothing that looks like markup.
_LABEL = re.compile(r"[A-Za-z0-9 _.,:;!?'+*/&()#%-]*[A-Za-z0-9][A-Za-z0-9 _.,:;!?'+*/&()#%-]*")


def plain(notation: str) -> str:
    """The formula with the minus signs and blanks of a keyboard in the places of printed ones."""
    return notation.translate(_PRINTED)


def tokenise(notation: str) -> tuple[list[Token], str]:
    """The tokens of a formula, the last of kind "end", and its comment, "" without one.

    DiceError where a character fits nothing.
    """
    if len(notation) > MAX_CHARACTERS:
        raise DiceError(
            "too_long",
            f"A formula has at most {MAX_CHARACTERS} characters; this one has {len(notation)}.",
        )
    _refuse_foreign_characters(notation)
    tokens = list(_tokens(notation))
    if tokens[0].kind == "end":
        raise DiceError("empty", f"There is nothing to roll; type dice and numbers, {EXAMPLE}.")
    return tokens, notation[tokens[-1].start :].lstrip("#/").strip()


def _refuse_foreign_characters(notation: str) -> None:
    for position, character in enumerate(notation):
        if not (character.isascii() and (character.isprintable() or character == "\t")):
            raise DiceError(
                "character",
                f"Character {position + 1} does not belong in a dice formula; "
                f"{HINTS.get(character, f'type plain letters, digits and signs, {EXAMPLE}')}.",
                position,
            )


def _tokens(notation: str) -> Iterator[Token]:
    lowered = notation.lower()
    end = len(notation)
    for match in _TOKEN.finditer(lowered):
        text, start = match[0], match.start()
        match match.lastgroup:
            case "number":
                yield _number(lowered, start, match.end())
            case "word":
                yield Token("word", text, start, match.end())
            case "symbol":
                yield Token("symbol", text, start, match.end())
            case "label":
                yield _label(notation[start : match.end()], start)
            case "comment":
                end = start
            case "unknown":
                raise _unknown(lowered, start)
    yield Token("end", "", end, end)


def _number(notation: str, start: int, end: int) -> Token:
    text = notation[start:end]
    whole, _, decimals = text.partition(".")
    if len(whole) + len(decimals) > MAX_DIGITS:
        raise DiceError(
            "number_too_long",
            f"The number at character {start + 1} has {len(whole) + len(decimals)} digits; "
            f"type one of at most {MAX_DIGITS}.",
            start,
        )
    if whole[0] == "0" and len(whole) > 1:
        raise DiceError(
            "syntax",
            f"“{text}” at character {start + 1} begins with a zero; {without_zeros(notation, start, end)}.",
            start,
        )
    return Token("number", text, start, start + len(text))


def _label(text: str, start: int) -> Token:
    words = text[1:-1].strip()
    if not _LABEL.fullmatch(words):
        raise DiceError(
            "label",
            f"The label at character {start + 1} has characters that are not allowed; "
            "type letters, digits and plain punctuation between the brackets, as in 2d6[fire].",
            start,
        )
    return Token("label", words, start, start + len(text))


def _unknown(notation: str, position: int) -> DiceError:
    start, end = _word_around(notation, position)
    unknown = notation[start:end]
    if unknown in "[]":
        return DiceError(
            "syntax",
            f"The bracket at character {start + 1} is not closed or not opened; a label looks like 2d6[fire], "
            "and double brackets belong in a sentence, around the formula.",
            start,
        )
    return DiceError(
        "syntax",
        f"“{unknown}” at character {start + 1} means nothing in a dice formula; {hint(unknown)}.",
        start,
    )


def _word_around(notation: str, position: int) -> tuple[int, int]:
    """Where the letters around a position begin and end; a character that is none stands alone."""
    start = end = position
    while start > 0 and notation[start - 1 : position + 1].isalpha():
        start -= 1
    while end < len(notation) and notation[position : end + 1].isalpha():
        end += 1
    return start, max(end, position + 1)
