"""Turns and fights in the log, as sentences."""

from __future__ import annotations

from game.combat.events import CombatUpdate, TurnChange
from game.engine.admin import sentence


@sentence(TurnChange, "Turn")
def turn(said: TurnChange) -> str:
    """Whose it is."""
    name = said.turn["current_character_name"]
    return "It is nobody’s turn" if name is None else f"It is {name}’s turn"


@sentence(CombatUpdate, "Combat")
def combat(said: CombatUpdate) -> str:
    """The round, and who fights."""
    if not said.combat["active"]:
        return "Combat is over"
    number = said.combat.get("round")
    fighters = said.combat.get("combatants")
    names = (
        [str(one["name"]) for one in fighters if isinstance(one, dict) and "name" in one]
        if isinstance(fighters, list)
        else []
    )
    head = f"Combat, round {number}" if isinstance(number, int) else "Combat"
    return f"{head}: {', '.join(names)}" if names else head
