"""The grammar of dice formulas: tokens in, a tree out.

    formula  = sum END
    sum      = signs? term (signs term)*
    signs    = ("+" | "-")+
    term     = dice | NUMBER
    dice     = NUMBER? "d" (NUMBER | "%") modifier*
    modifier = ("kh" | "kl" | "k" | "dh" | "dl" | "d") NUMBER?

`k` is `kh`, `d` after a die is `dl`, a missing count of dice or of a modifier is 1, `d%` has 100
sides. Upper and lower case are the same, and spaces and tabs may stand between any two tokens.
A modifier without its number may not stand before a minus: `2d20kh-1` reads both ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from game.rules.tokens import EXAMPLE, DiceError, Kind, Token, tokenise

MAX_SIDES = 1_000_000
MAX_MODIFIERS = 20
PERCENT_SIDES = 100

Choice: TypeAlias = Literal["kh", "kl", "dh", "dl"]
Sign: TypeAlias = Literal[1, -1]

_CHOICES: dict[str, Choice] = {
    "kh": "kh", "k": "kh", "kl": "kl", "dh": "dh", "dl": "dl", "d": "dl",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Modifier:
    """Keep or drop the `count` highest or lowest dice."""

    choice: Choice
    count: int


@dataclass(frozen=True, slots=True)
class Dice:
    """`count` dice of `sides` sides; `notation` is how it was written, `position` where."""

    count: int
    sides: int
    modifiers: tuple[Modifier, ...]
    notation: str
    position: int


@dataclass(frozen=True, slots=True)
class Constant:
    """A number as it stands."""

    value: int


@dataclass(frozen=True, slots=True)
class Signed:
    """A term of a sum, with the sign that all signs before it come to."""

    sign: Sign
    term: Dice | Constant


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms in the order written, at least one."""

    terms: tuple[Signed, ...]


def parse(notation: str) -> Sum:
    """The tree of a formula; DiceError where it has none."""
    return _Parser(notation).formula()


class _Parser:
    """One method a rule of the grammar; each consumes what it returns."""

    def __init__(self, notation: str) -> None:
        self._notation = notation
        self._tokens = tokenise(notation)
        self._place = 0

    def formula(self) -> Sum:
        tree = self._sum()
        if self._next.kind != "end":
            raise _unexpected(self._next, "+ or - between two terms")
        return tree

    def _sum(self) -> Sum:
        terms = [self._signed()]
        while self._next.kind == "sign":
            terms.append(self._signed())
        return Sum(tuple(terms))

    def _signed(self) -> Signed:
        sign: Sign = 1
        while token := self._accept("sign"):
            if token.text == "-":
                sign = -1 if sign == 1 else 1
        return Signed(sign, self._term())

    def _term(self) -> Dice | Constant:
        first = self._next
        number = self._accept("number")
        if self._next.kind == "die":
            return self._dice(first, _dice_count(number))
        if number is None:
            raise _unexpected(first, "dice or a number")
        return Constant(int(number.text))

    def _dice(self, first: Token, count: int) -> Dice:
        self._accept("die")
        sides = self._sides()
        modifiers = self._modifiers()
        end = self._tokens[self._place - 1].end
        return Dice(count, sides, modifiers, self._notation[first.start : end], first.start)

    def _sides(self) -> int:
        if self._accept("percent"):
            return PERCENT_SIDES
        number = self._accept("number")
        if number is None:
            raise _unexpected(self._next, "the number of sides after “d”")
        sides = int(number.text)
        if not 1 <= sides <= MAX_SIDES:
            raise DiceError(
                "sides",
                f"A die has 1 to {MAX_SIDES:,} sides, not {sides:,} "
                f"(character {number.start + 1}); type for example d20.",
                number.start,
            )
        return sides

    def _modifiers(self) -> tuple[Modifier, ...]:
        modifiers: list[Modifier] = []
        while token := self._accept("choice", "die"):
            if len(modifiers) == MAX_MODIFIERS:
                raise DiceError(
                    "too_many_modifiers",
                    f"The dice have more than {MAX_MODIFIERS} modifiers at character "
                    f"{token.start + 1}; keep or drop once, as in 4d6kh3.",
                    token.start,
                )
            modifiers.append(Modifier(_CHOICES[token.text], self._modifier_count(token)))
        return tuple(modifiers)

    def _modifier_count(self, word: Token) -> int:
        number = self._accept("number")
        if number is None:
            self._refuse_ambiguous_minus(word)
            return 1
        count = int(number.text)
        if count == 0:
            raise DiceError(
                "syntax",
                f"{word} is followed by 0; type how many dice it takes, from 1 on, as in 4d6kh3.",
                number.start,
            )
        return count

    def _refuse_ambiguous_minus(self, word: Token) -> None:
        if self._next.text == "-":
            raise DiceError(
                "ambiguous",
                f"The minus at character {self._next.start + 1} could belong to “{word.text}” "
                f"before it; to subtract, type {word.text}1-.",
                self._next.start,
            )

    @property
    def _next(self) -> Token:
        return self._tokens[self._place]

    def _accept(self, *kinds: Kind) -> Token | None:
        token = self._next
        if token.kind not in kinds:
            return None
        self._place += 1
        return token


def _dice_count(number: Token | None) -> int:
    if number is None:
        return 1
    count = int(number.text)
    if count == 0:
        raise DiceError(
            "no_dice",
            f"There are 0 dice at character {number.start + 1}; type at least one, as in 1d6.",
            number.start,
        )
    return count


def _unexpected(token: Token, expected: str) -> DiceError:
    return DiceError("syntax", f"Expected {expected}, not {token}; type a formula {EXAMPLE}.", token.start)
