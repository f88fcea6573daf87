"""Rolling dice: a formula and chance in, a roll with every face out.

`game.dice.rules.notation` has the grammar, docs/dice.md an example of everything. Limits keep a hostile
formula harmless: what it holds is looked at before a die is drawn, as far as that can be told, and
what is drawn is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from game.dice.rules.card import Bonus, Face, Result, RolledDice, rolled_dice
from game.dice.rules.die import Die
from game.dice.rules.draws import MAX_FACES, Chance, Draws
from game.dice.rules.endless import refuse_hopeless
from game.dice.rules.exact import TRILLION, Number, shown, spoken, to_hundredths, total
from game.dice.rules.lexer import DiceError
from game.dice.rules.notation import parse, read
from game.dice.rules.throw import Throw
from game.dice.rules.tree import Addend, Constant, Formula, Labelled, Sum

__all__ = ["MAX_FACES", "Bonus", "DiceError", "Face", "Result", "Roll", "RolledDice", "replay", "roll", "roll_again"]


@dataclass(frozen=True, slots=True)
class Roll:
    """A formula's outcome: one result, or as many as it was repeated.

    `total` and `modifier` are the sums over the results, `terms` are theirs one after the other.
    """

    total: int | float
    modifier: int | float
    results: tuple[Result, ...]
    comment: str

    @property
    def terms(self) -> tuple[RolledDice, ...]:
        """Every dice term of every result."""
        return tuple(term for result in self.results for term in result.terms)

    @property
    def faces(self) -> tuple[Face, ...]:
        """Every face in the order drawn, those that do not count included."""
        faces = (face for term in self.terms for face in term.faces)
        return tuple(sorted(faces, key=lambda face: face.place))

    @property
    def rolls(self) -> tuple[int, ...]:
        """The values of `faces`."""
        return tuple(face.value for face in self.faces)


def roll(notation: str, randbelow: Callable[[int], int]) -> Roll:
    """Roll a formula, as in `4d6kh3 + 2`.

    `randbelow(n)` gives 0 to n - 1 and is asked once for each face: that + 1 for a numbered die,
    randbelow(3) - 1 for dF and dF.2, the randbelow(6)th of -1, 0, 0, 0, 0, 1 for dF.1. The dice of
    a term are drawn in the order written, then die by die those that explosions add, then those
    that rerolls and `u` ask for. Any text that is no formula, or is one beyond a limit, raises
    DiceError; what can be told from the text alone, before anything is drawn.
    """
    return _rolled(parse(notation), _chosen_by(randbelow))


def roll_again(notation: str, randbelow: Callable[[int], int]) -> Roll:
    """The same of a formula that a log holds: what other programs mean by it is not asked any more."""
    return _rolled(read(notation), _chosen_by(randbelow))


def replay(notation: str, faces: Iterable[int]) -> Roll:
    """The roll that comes of these faces, in the order in which `Roll.rolls` has them.

    DiceError where they do not fit the dice, or are too few or too many.
    """
    left = iter(faces)
    replayed = _rolled(parse(notation), lambda die: _next_face(left, die))
    if next(left, None) is not None:
        raise DiceError("faces", f"This formula rolls {len(replayed.rolls)} dice; there are more faces than that.")
    return replayed


def _next_face(left: Iterator[int], die: Die) -> int:
    face = next(left, None)
    if face is None:
        raise DiceError("faces", "This formula rolls more dice than there are faces.")
    if face not in die.faces:
        raise DiceError("faces", f"A {die.name} cannot show {spoken(face)}.")
    return face


def _chosen_by(randbelow: Callable[[int], int]) -> Chance:
    return lambda die: die.faces[randbelow(len(die.faces))]


def _rolled(formula: Formula, chance: Chance) -> Roll:
    refuse_hopeless(formula)
    draws = Draws(chance)
    throws = _Throws(formula, draws)
    try:
        for _ in range(formula.repeats):
            throws.once()
        return throws.roll()
    except DiceError as error:
        if draws.begun and error.reason != "faces":
            raise _as_they_fell(error) from None
        raise


def _as_they_fell(error: DiceError) -> DiceError:
    """The same without its numbers: those tell of dice that nobody may have seen."""
    why = _AS_THEY_FELL.get(error.reason, "this formula cannot be worked out")
    return DiceError(error.reason, f"As the dice fell, {why}.", error.position)


_AS_THEY_FELL = {
    "division_by_zero": "this formula divides by zero",
    "too_many_dice": f"this formula rolls more than {MAX_FACES:,} dice, explosions and rerolls counted",
    "too_large": f"this formula comes to more than {TRILLION:,}",
    "no_dice": "there is no die to roll",
    "not_whole": "the number of dice or sides is not whole",
    "sides": "there is no die with so many sides",
    "endless": "every face would be rolled again, without end",
}


class _Throws:
    """The throws of a formula, and what they come to together."""

    def __init__(self, formula: Formula, draws: Draws) -> None:
        self._formula = formula
        self._draws = draws
        # Computed once, however often the rest is thrown.
        self._bonuses = [bonus for addend in formula.sum.addends if (bonus := _bonus(addend))]
        self._modifier = total(number for number, _ in self._bonuses)
        for number in (self._modifier, *(bonus for bonus, _ in self._bonuses)):
            _refuse_too_large(number)
        self._rest = Sum(tuple(addend for addend in formula.sum.addends if not _bonus(addend)))
        self._total: Number = 0
        self._terms = 0
        self._results: list[Result] = []

    def once(self) -> None:
        """Throws the formula once; DiceError where the total is beyond the limit."""
        throw = Throw(self._formula, self._draws)
        result = to_hundredths(self._modifier + throw.total(self._rest))
        _refuse_too_large(result)
        self._total += result
        terms = tuple(rolled_dice(pool, self._terms + place) for place, pool in enumerate(throw.pools))
        self._terms += len(terms)
        bonuses = tuple(Bonus(shown(number), label) for number, label in self._bonuses)
        self._results.append(Result(shown(result), shown(self._modifier), terms, bonuses))

    def roll(self) -> Roll:
        """All throws; the sums are of what each of them shows."""
        _refuse_too_large(self._total)
        modifier = to_hundredths(self._modifier) * len(self._results)
        return Roll(shown(self._total), shown(modifier), tuple(self._results), self._formula.comment)


def _bonus(addend: Addend) -> tuple[Number, str] | None:
    """What an addend that holds no dice adds, and its label; None for any other."""
    match addend.content:
        case Constant(value):
            return addend.sign * value, ""
        case Labelled(Constant(value), label):
            return addend.sign * value, label
        case _:
            return None


def _refuse_too_large(number: Number) -> None:
    if not -TRILLION <= number <= TRILLION:
        raise DiceError(
            "too_large", f"This formula comes to {spoken(number)}; the greatest number shown is {TRILLION:,}."
        )
