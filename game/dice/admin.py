"""Dice in the log, as sentences."""

from __future__ import annotations

from game.dice.events import DiceRoll, VeiledDiceRoll
from game.dice.fairness.events import FairnessRotate, SeedSet
from game.dice.fairness.seeds import FairnessCommit
from game.dice.reveals import RollRevealed
from game.dice.rolls import Roll, RolledFor, VeiledRoll, Visibility
from game.engine.admin import name_of, sentence
from game.protocol import Player

HIDDEN: dict[Visibility, str] = {
    "public": "",
    "dm": ", seen by the roller and the DMs",
    "blind": ", blind: seen by the DMs",
    "self": ", seen by the roller",
}


def with_rolls(text: str, rolls: list[Roll]) -> str:
    """A text whose formulas in double brackets are followed by what they came to."""
    for roll in rolls:
        text = text.replace(f"[[{roll.formula}]]", f"{roll.formula} = {_outcome(roll)}", 1)
    return text


def hidden_words(visibility: Visibility, *, revealed: bool) -> str:
    """Who saw a roll or a draw, where that was not everybody."""
    return f"{HIDDEN[visibility]}; revealed since" if revealed else HIDDEN[visibility]


def _outcome(roll: Roll) -> str:
    return ", ".join(str(result) for result in roll.results) or str(roll.result)


def _what(roll: Roll | VeiledRoll) -> str:
    return f"{roll.formula} for “{roll.reason}”" if roll.reason else roll.formula


def _roller(player: Player, roll: Roll | VeiledRoll) -> str:
    return roll.character.name if isinstance(roll.character, RolledFor) else name_of(player)


@sentence(DiceRoll, "Roll")
def roll(said: DiceRoll) -> str:
    """What was rolled, what for and what came."""
    by_hand = ", rolled by hand" if said.roll.source == "reported" else ""
    hidden = hidden_words(said.roll.visibility, revealed=said.roll.revealed)
    return f"{_roller(said.player, said.roll)} rolls {_what(said.roll)}: {_outcome(said.roll)}{by_hand}{hidden}"


@sentence(VeiledDiceRoll, "Roll")
def veiled_roll(said: VeiledDiceRoll) -> str:
    """What its roller sees of a blind one."""
    return f"{_roller(said.player, said.roll)} rolls {_what(said.roll)} blind"


@sentence(RollRevealed, "Roll revealed")
def revealed_roll(said: RollRevealed) -> str:
    """Whose it was, and what came."""
    roller = _roller(said.roller, said.roll)
    return f"{name_of(said.player)} reveals {roller}’s roll of {_what(said.roll)}: {_outcome(said.roll)}"


@sentence(SeedSet, "Seed for the dice")
def seed(said: SeedSet) -> str:
    """The word that was added."""
    return f"{name_of(said.player)} adds “{said.seed}” to the dice"


@sentence(FairnessRotate, "New secret asked for")
def rotation(said: FairnessRotate) -> str:
    """Who asked for it."""
    return f"{name_of(said.player)} asks for a new secret for the dice"


@sentence(FairnessCommit, "New secret of the server")
def commitment(said: FairnessCommit) -> str:
    """The server's own."""
    return f"The server begins secret {said.fairness.rotation} for the dice"
