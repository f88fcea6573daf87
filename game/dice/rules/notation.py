"""The grammar of dice formulas: text in, a tree out.

    formula  = sum ("adv" | "dis")? ("x" NUMBER)? COMMENT? END
    sum      = product (("+" | "-") product)*
    product  = operand (("*" | "/" | "//" | "%") operand)*
    operand  = ("+" | "-")* primary LABEL*
    primary  = NUMBER | "(" sum ")" | dice | group | function
    dice     = (NUMBER | "(" sum ")")? "d" (NUMBER | "%" | "F" | "F.1" | "F.2" | "(" sum ")") modifier*
    group    = "{" sum ("," sum)* "}" modifier*
    function = ("floor" | "ceil" | "round" | "abs" | "min" | "max") "(" sum ("," sum)* ")"

`game.dice.rules.modifier_notation` has the modifiers. Upper and lower case are the same, and spaces and
tabs may stand between any two tokens. What holds no dice is computed here, so that an impossible
number of dice or sides and a division by zero are refused before anything is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from game.dice.rules.arithmetic import folded, negated
from game.dice.rules.cursor import Cursor, number_of
from game.dice.rules.die import FUDGE, PERCENT_SIDES, Die, numbered
from game.dice.rules.elsewhere import refuse_foreign_meaning
from game.dice.rules.lexer import DiceError, Token, plain, tokenise
from game.dice.rules.modifier_notation import ADVANTAGES, MODIFIERS, read_dice_modifiers, read_group_modifiers
from game.dice.rules.modifiers import Choice, Modifiers
from game.dice.rules.quantities import required_count, required_sides
from game.dice.rules.tree import (
    Addend,
    Constant,
    Dice,
    Factor,
    Formula,
    Function,
    FunctionName,
    Group,
    Labelled,
    Node,
    Operator,
    Product,
    Sign,
    Sum,
    is_single_d20,
)

MAX_DEPTH = 50
MAX_REPEATS = 20

_FUNCTIONS = ("floor", "ceil", "round", "abs", "min", "max")


def parse(notation: str) -> Formula:
    """The tree of a formula; DiceError where it has none, or means something else in other programs."""
    formula = read(notation)
    refuse_foreign_meaning(formula, plain(notation))
    return formula


def read(notation: str) -> Formula:
    """The tree of a formula that was rolled before, when what other programs mean was not asked."""
    return _Parser(plain(notation)).formula()


class _Parser:
    """One method a rule of the grammar; each takes the tokens of what it returns."""

    def __init__(self, notation: str) -> None:
        tokens, self._comment = tokenise(notation)
        self._notation = notation
        self._cursor = Cursor(tokens)
        self._depth = 0
        self._dice: list[Dice] = []

    def formula(self) -> Formula:
        addends = self._addends()
        advantage = self._advantage()
        repeats = self._repeats()
        self._refuse_stray_modifier()
        if self._cursor.next.kind != "end":
            self._cursor.refuse("a sign such as + here, or the end")
        return Formula(Sum(addends), tuple(self._dice), repeats, advantage, self._comment)

    def _advantage(self) -> Choice | None:
        word = self._cursor.accept("adv", "dis")
        if word is None:
            return None
        if sum(dice.is_single_d20 and not dice.modifiers.advantage for dice in self._dice) != 1:
            raise _not_on_a_single_d20(word)
        return ADVANTAGES[word.text]

    def _repeats(self) -> int:
        word = self._cursor.accept("x")
        if word is None:
            return 1
        repeats = self._cursor.whole("how often to repeat, as in 4d6kh3 x6")
        if self._cursor.at("d", *FUDGE):
            raise DiceError(
                "syntax",
                f"{word} comes before the dice; to repeat, put it and the number at the end, as in 4d6kh3 x6.",
                word.start,
            )
        if not 2 <= repeats <= MAX_REPEATS:
            raise DiceError(
                "repeats",
                f"A formula is repeated 2 to {MAX_REPEATS} times, not {repeats} (character {word.start + 1}); "
                f"to explode on {repeats}, type !{repeats}.",
                word.start,
            )
        return repeats

    # Sums and products ------------------------------------------------------------------------

    def _sum(self) -> Node:
        addends = self._addends()
        if len(addends) == 1 and addends[0].sign == 1:
            return addends[0].content
        return folded(Sum(addends))

    def _addends(self) -> tuple[Addend, ...]:
        addends = [self._product(1)]
        while token := self._cursor.accept("+", "-"):
            addends.append(self._product(-1 if token.text == "-" else 1))
        return tuple(addends)

    def _product(self, sign: Sign) -> Addend:
        own_sign, first = self._operand()
        factors: list[Factor] = []
        while token := self._cursor.accept("*", "/", "//", "%"):
            factor_sign, content = self._operand()
            content = content if factor_sign == 1 else negated(content)
            factors.append(Factor(cast(Operator, token.text), content, token.start))
        if any(factor.operator in ("//", "%") for factor in factors):
            # Rounding down sees the sign: -7 // 2 is -4.
            first, own_sign = (first if own_sign == 1 else negated(first)), 1
        product = folded(Product(first, tuple(factors))) if factors else first
        return Addend(cast(Sign, sign * own_sign), product)

    def _operand(self) -> tuple[Sign, Node]:
        sign: Sign = 1
        while token := self._cursor.accept("+", "-"):
            if token.text == "-":
                sign = -1 if sign == 1 else 1
        node = self._primary()
        labels: list[str] = []
        while self._cursor.next.kind == "label":
            labels.append(self._cursor.take().text)
        return sign, Labelled(node, ", ".join(labels)) if labels else node

    # What is added and multiplied -------------------------------------------------------------

    def _primary(self) -> Node:
        first = self._cursor.next
        if self._cursor.at("{"):
            return self._group()
        if self._cursor.at(*_FUNCTIONS):
            return self._function()
        if self._cursor.at("adv", "dis"):
            raise _not_on_a_single_d20(first)
        count = self._count()
        if self._cursor.at("d", *FUDGE):
            return self._dice_term(first, Constant(1) if count is None else count)
        return count or self._cursor.refuse("dice or a number")

    def _count(self) -> Node | None:
        """A number or something in parentheses, which counts dice where a `d` follows."""
        if self._cursor.next.kind == "number":
            return Constant(number_of(self._cursor.take()))
        if self._cursor.at("("):
            with self._nested(")", "to close the parenthesis"):
                return self._sum()
        return None

    def _dice_term(self, first: Token, count: Node) -> Dice:
        if isinstance(count, Constant):
            required_count(count.value, first.start)
        sides = self._sides()
        modifiers = read_dice_modifiers(self._cursor, single_d20=is_single_d20(count, sides))
        written = self._notation[first.start : self._cursor.previous_end]
        dice = Dice(count, sides, modifiers, written, first.start)
        self._dice.append(dice)
        return dice

    def _sides(self) -> Die | Node:
        word = self._cursor.take()
        if word.text in FUDGE:
            return FUDGE[word.text]
        if self._cursor.accept("%"):
            return numbered(PERCENT_SIDES)
        position = self._cursor.next.start
        sides = self._count()
        if sides is None:
            self._cursor.refuse("the number of sides after “d”")
        if isinstance(sides, Constant):
            return numbered(required_sides(sides.value, position))
        return sides

    def _group(self) -> Group:
        position = self._cursor.next.start
        with self._nested("}", "to close the group"):
            parts = self._parts()
        if isinstance(parts[0], Group) and len(parts) == 1 and parts[0].modifiers == Modifiers():
            raise DiceError(
                "syntax",
                f"The group at character {position + 1} holds nothing but a group; type one pair of braces.",
                position,
            )
        return Group(parts, read_group_modifiers(self._cursor), position)

    def _function(self) -> Node:
        word = self._cursor.take()
        name = cast(FunctionName, word.text)
        if not self._cursor.at("("):
            self._cursor.refuse(f"“(” after {word.text}")
        with self._nested(")", f"to close {word.text}"):
            arguments = self._parts()
        if (len(arguments) > 1) != (name in ("min", "max")):
            needs = "two parts or more, with commas between them" if name in ("min", "max") else "a single part"
            raise DiceError("syntax", f"{word} takes {needs}; it has {len(arguments)}.", word.start)
        return folded(Function(name, arguments))

    def _parts(self) -> tuple[Node, ...]:
        parts = [self._sum()]
        while self._cursor.accept(","):
            parts.append(self._sum())
        return tuple(parts)

    @contextmanager
    def _nested(self, closing: str, why: str) -> Iterator[None]:
        opening = self._cursor.take()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise DiceError(
                "too_deep",
                f"The brackets are more than {MAX_DEPTH} deep at character {opening.start + 1}; leave some out.",
                opening.start,
            )
        yield
        self._refuse_stray_modifier()
        self._cursor.expect(closing, why)
        self._depth -= 1

    def _refuse_stray_modifier(self) -> None:
        word = self._cursor.next
        if self._cursor.at("e") and self._cursor.after_next.kind == "number":
            raise DiceError(
                "syntax", f"{word} can't be part of a number; write the number out, as in 1000.", word.start
            )
        if self._cursor.at(*MODIFIERS) and not self._cursor.at("x", "adv", "dis"):
            raise DiceError(
                "syntax",
                f"{word} belongs directly behind dice or a group; put the rest in braces, as in {{1d20+5}}>=15.",
                word.start,
            )


def _not_on_a_single_d20(word: Token) -> DiceError:
    return DiceError(
        "advantage",
        f"{word} needs exactly one single d20 before it, as in 1d20+5 {word.text}.",
        word.start,
    )
