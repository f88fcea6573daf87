"""A dice formula as a tree: what the parser makes and a throw goes through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from game.dice.rules.die import Die
from game.dice.rules.exact import Number
from game.dice.rules.modifiers import Choice, Modifiers

Sign: TypeAlias = Literal[1, -1]
Operator: TypeAlias = Literal["*", "/", "//", "%"]
FunctionName: TypeAlias = Literal["floor", "ceil", "round", "abs", "min", "max"]


@dataclass(frozen=True, slots=True)
class Constant:
    """A number as it stands, or what a part of the formula without dice comes to."""

    value: Number


@dataclass(frozen=True, slots=True)
class Dice:
    """`count` dice; `sides` is the die, or the number of its sides where it must be computed.

    `notation` is how the term was written, `position` where.
    """

    count: Node
    sides: Die | Node
    modifiers: Modifiers
    notation: str
    position: int

    @property
    def is_single_d20(self) -> bool:
        """What advantage and disadvantage can be had on."""
        return is_single_d20(self.count, self.sides)


def is_single_d20(count: Node, sides: Die | Node) -> bool:
    """Whether advantage and disadvantage can be had on these dice."""
    return isinstance(sides, Die) and sides.name == "d20" and count == Constant(1)


@dataclass(frozen=True, slots=True)
class Group:
    """`{…}`: with one part its dice are kept and dropped, with several the parts themselves."""

    parts: tuple[Node, ...]
    modifiers: Modifiers
    position: int


@dataclass(frozen=True, slots=True)
class Labelled:
    """Something with a label behind it."""

    content: Node
    label: str


@dataclass(frozen=True, slots=True)
class Addend:
    """One part of a sum, with the sign that all signs before it come to."""

    sign: Sign
    content: Node


@dataclass(frozen=True, slots=True)
class Sum:
    """Addends in the order written, at least one."""

    addends: tuple[Addend, ...]


@dataclass(frozen=True, slots=True)
class Factor:
    """What a product is multiplied with, or divided by."""

    operator: Operator
    content: Node
    position: int


@dataclass(frozen=True, slots=True)
class Product:
    """From left to right."""

    first: Node
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """`min` and `max` have two arguments or more, the others one."""

    name: FunctionName
    arguments: tuple[Node, ...]


Node: TypeAlias = Constant | Dice | Group | Labelled | Sum | Product | Function


@dataclass(frozen=True, slots=True)
class Formula:
    """A whole formula. `dice` are all of its dice terms, nested ones included, in the order written.

    `repeats` is 1 where no repetition was asked for. `advantage` stands behind the whole formula
    and is about its one single d20.
    """

    sum: Sum
    dice: tuple[Dice, ...]
    repeats: int = 1
    advantage: Choice | None = None
    comment: str = ""
