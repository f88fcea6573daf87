"""Talk, and what characters do in words."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from game.play import Play
from game.protocol import Open, Player, event


class ChatMessage(Struct, frozen=True):
    """Somebody said something."""

    player: Player
    message: str
    timestamp: str


@event("chat_message", refusal="Spectators cannot send chat messages")
def chat(play: Play, message: Annotated[str, Meta(min_length=1, max_length=2000)]) -> ChatMessage:
    """Say something to everybody in the room."""
    return ChatMessage(play.player, message, play.timestamp)


class Action(Struct, frozen=True):
    """What a character does; `details` come back as they were sent."""

    action_type: str
    details: dict[str, Any]


class PlayerAction(Struct, frozen=True):
    """Somebody's character did something."""

    player: Player
    action: Action
    timestamp: str


@event("player_action", refusal="Spectators cannot take actions")
def act(
    play: Play,
    action_type: Annotated[str, Meta(min_length=1, max_length=64)],
    details: Annotated[dict[str, Any], Open()],
) -> PlayerAction:
    """Say what your character does: an attack, a spell, help. `details` is an object of at most 4 KiB."""
    return PlayerAction(play.player, Action(action_type, details), play.timestamp)
