"""Going through the tokens of a formula, one by one."""

from __future__ import annotations

from fractions import Fraction
from typing import NoReturn

from game.dice.rules.die import FUDGE
from game.dice.rules.exact import Number, whole_as_int
from game.dice.rules.hints import HINTS, without_comma
from game.dice.rules.lexer import EXAMPLE, DiceError, Token


class Cursor:
    """A place among tokens; `next` is the one that has not been taken yet."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._place = 0

    @property
    def next(self) -> Token:
        """The token to be taken; the end again and again."""
        return self._tokens[self._place]

    @property
    def after_next(self) -> Token:
        """The token behind `next`, or the end."""
        return self._tokens[min(self._place + 1, len(self._tokens) - 1)]

    @property
    def previous_end(self) -> int:
        """Where the last token taken ends; 0 before the first."""
        return self._tokens[self._place - 1].end if self._place else 0

    def take(self) -> Token:
        """The next token, taken."""
        token = self.next
        if token.kind != "end":
            self._place += 1
        return token

    def at(self, *texts: str) -> bool:
        """Whether one of these words and symbols comes next."""
        return self.next.kind in ("word", "symbol") and self.next.text in texts

    def accept(self, *texts: str) -> Token | None:
        """Takes one of these words and symbols, if one comes next."""
        return self.take() if self.at(*texts) else None

    def expect(self, text: str, why: str) -> Token:
        """Takes this word or symbol, or says what for it was expected."""
        return self.accept(text) or self.refuse(f"“{text}” {why}")

    def accept_number(self) -> Number | None:
        """Takes a number without sign, if one comes next."""
        return number_of(self.take()) if self.next.kind == "number" else None

    def whole(self, what: str) -> int:
        """Takes a whole number; `what` it is for, as a sentence has it."""
        token = self.next
        number = self.accept_number()
        if number is None:
            self.refuse(what)
        if not isinstance(number, int):
            raise DiceError(
                "not_whole",
                f"{token} is not a whole number; type {what} without decimals.",
                token.start,
            )
        return number

    def refuse(self, expected: str) -> NoReturn:
        """Refuses the next token with DiceError."""
        raise DiceError("syntax", f"Expected {expected}, not {self.next}; {self._instead()}.", self.next.start)

    def _instead(self) -> str:
        """What to type instead of the next token, as a sentence ends with it."""
        before, behind = self._tokens[self._place - 1], self.after_next
        if self.next.text == "," and before.kind == behind.kind == "number":
            return without_comma(before.text, behind.text)
        if self.next.text == before.text == "*":
            return HINTS["**"]
        if self.next.kind == "number" and behind.text in ("d", *FUDGE):
            return "to add, type +; to repeat, type x and the number at the end, as in 4d6kh3 x6"
        return f"type a formula {EXAMPLE}"


def number_of(token: Token) -> Number:
    """The exact value of a number token."""
    return whole_as_int(Fraction(token.text)) if "." in token.text else int(token.text)
