"""What the signs and functions of a formula come to."""

from __future__ import annotations

import math
from collections.abc import Callable

from game.dice.rules.exact import Number, nearest, quotient, total, whole_as_int
from game.dice.rules.lexer import DiceError
from game.dice.rules.tree import (
    Addend,
    Constant,
    Dice,
    Factor,
    Function,
    FunctionName,
    Group,
    Labelled,
    Node,
    Product,
    Sum,
)

FUNCTIONS: dict[FunctionName, Callable[..., Number]] = {
    "floor": math.floor, "ceil": math.ceil, "round": nearest, "abs": abs, "min": min, "max": max,
}  # fmt: skip


def evaluate(node: Node, thrown: Callable[[Dice | Group], Number]) -> Number:
    """What a node comes to, exactly; `thrown` says what its dice and groups came to.

    DiceError where it divides by zero.
    """
    match node:
        case Constant():
            return node.value
        case Dice() | Group():
            return thrown(node)
        case Labelled():
            return evaluate(node.content, thrown)
        case Sum():
            return total(addend.sign * evaluate(addend.content, thrown) for addend in node.addends)
        case Product():
            number = evaluate(node.first, thrown)
            for factor in node.factors:
                number = calculated(number, factor, evaluate(factor.content, thrown))
            return number
        case Function():
            return FUNCTIONS[node.name](*(evaluate(argument, thrown) for argument in node.arguments))


def folded(node: Sum | Product | Function) -> Node:
    """The node; or the constant that it comes to where it holds neither dice nor groups.

    DiceError where it will divide by zero whatever the dice show.
    """
    if isinstance(node, Product):
        for factor in node.factors:
            if factor.operator != "*" and factor.content == Constant(0):
                raise _division_by_zero(factor)
    if all(isinstance(part, Constant) for part in _parts(node)):
        return Constant(whole_as_int(evaluate(node, _nothing_thrown)))
    if isinstance(node, Sum):
        return _with_one_constant(node)
    return node


def negated(node: Node) -> Node:
    """The node with the opposite sign."""
    return folded(Sum((Addend(-1, node),)))


def _parts(node: Sum | Product | Function) -> tuple[Node, ...]:
    match node:
        case Sum():
            return tuple(addend.content for addend in node.addends)
        case Product():
            return (node.first, *(factor.content for factor in node.factors))
        case Function():
            return node.arguments


def _with_one_constant(node: Sum) -> Sum:
    """The sum with all its constants in one, so that a repeated throw does not add them each time."""
    constants = tuple(addend for addend in node.addends if isinstance(addend.content, Constant))
    if len(constants) < 2:
        return node
    others = tuple(addend for addend in node.addends if not isinstance(addend.content, Constant))
    return Sum((*others, Addend(1, folded(Sum(constants)))))


def _nothing_thrown(_node: Dice | Group) -> Number:
    raise AssertionError("a constant holds no dice")


def calculated(left: Number, factor: Factor, right: Number) -> Number:
    """What a product comes to with one more factor; DiceError where that divides by zero."""
    if factor.operator == "*":
        return left * right
    if right == 0:
        raise _division_by_zero(factor)
    match factor.operator:
        case "/":
            return quotient(left, right)
        case "//":
            return left // right
        case "%":
            return left % right


def _division_by_zero(factor: Factor) -> DiceError:
    return DiceError(
        "division_by_zero",
        f"“{factor.operator}” at character {factor.position + 1} divides by zero; "
        "make sure that what follows it cannot come to 0.",
        factor.position,
    )
