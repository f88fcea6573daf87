"""Talk, and what characters do in words."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from game.dice.inline import inline_rolls
from game.dice.rolls import Roll
from game.dice.rules.price import price_of_text
from game.engine.commands import Play
from game.protocol import Open, Player, event


class ChatMessage(Struct, frozen=True, omit_defaults=True):
    """Somebody said something. `rolls` are the rolls of the formulas in double brackets, in order.

    `out_of_character`: the person says it, not the character.
    """

    player: Player
    message: str
    timestamp: str
    rolls: list[Roll] = []
    out_of_character: bool = False


@event(
    "chat_message",
    refusal="Spectators can't send chat messages",
    price=lambda data: price_of_text(data.message),
)
def chat(
    play: Play, message: Annotated[str, Meta(min_length=1, max_length=2000)], out_of_character: bool = False
) -> ChatMessage:
    """Say something to everybody at the table. Formulas in double brackets are rolled: `I swing: [[1d20+5]]`.

    At most 10 of them and 1,000 dice in all. Brackets that do not hold a formula stay text.
    `out_of_character`: you say it as yourself.
    """
    return ChatMessage(play.player, message, play.timestamp, inline_rolls(message, play), out_of_character)


class Action(Struct, frozen=True):
    """Something that a character does; `details` come back as they were sent."""

    action_type: str
    details: dict[str, Any]


class PlayerAction(Struct, frozen=True):
    """Somebody's character did something."""

    player: Player
    action: Action
    timestamp: str


@event("player_action", refusal="Spectators can't take actions")
def act(
    play: Play,
    action_type: Annotated[str, Meta(min_length=1, max_length=64)],
    details: Annotated[dict[str, Any], Open()],
) -> PlayerAction:
    """Say what your character does: an attack, a spell, help. `details` is an object of at most 4 KiB."""
    return PlayerAction(play.player, Action(action_type, details), play.timestamp)
