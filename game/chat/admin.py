"""Talk, narration and actions in the log, as sentences."""

from __future__ import annotations

import msgspec

from game.chat.events import Action, ChatMessage, PlayerAction
from game.chat.narration import DmNarration
from game.dice.admin import with_rolls
from game.engine.admin import name_of, sentence

# The quick actions: a verb, then each detail with the word before it.
VERBS = {
    "attack": ("attacks", (("target", ""), ("weapon", "with "))),
    "cast": ("casts", (("spell", ""), ("target", "at "))),
    "help": ("helps", (("target", ""),)),
    "search": ("searches", (("place", ""),)),
}


@sentence(ChatMessage, "Chat")
def message(said: ChatMessage) -> str:
    """Who said what."""
    player = said.player
    words = with_rolls(said.message, said.rolls)
    if said.out_of_character:
        return f"{player.display_name or player.username} says, out of character: {words}"
    return f"{name_of(player)} says: {words}"


@sentence(DmNarration, "Narration")
def narration(said: DmNarration) -> str:
    """The DM's words."""
    return f"{name_of(said.player)} narrates: {said.narration}"


@sentence(PlayerAction, "Action")
def action(said: PlayerAction) -> str:
    """Who did what."""
    return f"{name_of(said.player)} {_deed(said.action)}"


def _deed(action: Action) -> str:
    details = dict(action.details)
    verb, parts = VERBS.get(action.action_type, (action.action_type, (("text", ""),)))
    if action.action_type not in VERBS and isinstance(details.get("text"), str):
        verb = ""
    told = [f"{before}{details.pop(key)}" for key, before in parts if isinstance(details.get(key), str)]
    rest = ", ".join(f"{key}: {_plain(value)}" for key, value in details.items())
    return " ".join(filter(None, [verb, *told, f"({rest})" if rest else ""]))


def _plain(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
