"""What was rolled in hiding, shown to everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from game.dice.events import DiceRoll, Number
from game.dice.rolls import Roll
from game.engine.commands import AlreadySo, Play
from game.engine.log.audience import restored
from game.engine.models import LogEntry
from game.errors import Forbidden, NotFound
from game.protocol import Player, encode, event

S = TypeVar("S", bound=Struct)


@dataclass(frozen=True, slots=True)
class Hidden(Generic[S]):
    """An event that was hidden, and the player who reveals it."""

    data: S
    seq: int
    shown_by: Player
    timestamp: str


@dataclass(frozen=True, slots=True)
class Revealable(Generic[S]):
    """An event that can be hidden. `reveal` gives it as it stands in the log from now on, and what is announced."""

    shape: type[S]
    reveal: Callable[[Hidden[S]], tuple[S, Struct]]


REVEALABLE: dict[str, Revealable[Any]] = {}


def revealable(event: str, shape: type[S]) -> Callable[[Callable[[Hidden[S]], tuple[S, Struct]]], Any]:
    """Have `roll_reveal` show hidden events of this name and shape. Decorates what `Revealable.reveal` is to be."""

    def register(reveal: Callable[[Hidden[S]], tuple[S, Struct]]) -> Any:
        REVEALABLE[event] = Revealable(shape, reveal)
        return reveal

    return register


class RollRevealed(Struct, frozen=True):
    """A hidden roll is shown to everybody from now on. `seq` is its place in the log; `player` revealed it.

    `roller` rolled it, at `rolled_at`.
    """

    player: Player
    seq: int
    roll: Roll
    roller: Player
    rolled_at: str
    timestamp: str


@revealable("dice_roll", DiceRoll)
def reveal_roll(hidden: Hidden[DiceRoll]) -> tuple[DiceRoll, RollRevealed]:
    """A roll, marked as revealed."""
    roll = msgspec.structs.replace(hidden.data.roll, revealed=True)
    said = msgspec.structs.replace(hidden.data, roll=roll)
    return said, RollRevealed(hidden.shown_by, hidden.seq, roll, said.player, said.timestamp, hidden.timestamp)


@event("roll_reveal", refusal="Spectators can't reveal rolls", says="roll_revealed", writes=True)
def reveal(play: Play, seq: Number) -> RollRevealed | Struct:
    """Show a hidden roll to everybody, for good: your own, or as a DM any that you see. `seq`: its place in the log.

    A roll that everybody already sees is answered as a duplicate. If you rolled blind, only a DM can reveal it. A
    hidden draw from a roll table is revealed in the same way, and announced as `draw_revealed`.
    """
    entry = LogEntry.objects.filter(session_id=play.session_id, seq=seq, event__in=REVEALABLE).first()
    audience = restored(entry.audience) if entry else None
    if entry and audience is None:
        raise AlreadySo(seq)
    cut = audience.cut_of(play.seat.user_id, play.seat.role) if audience else None
    # A roll that the user may not see looks the same as no roll.
    if entry is None or cut is None:
        raise NotFound("There is no such roll to reveal.")
    if cut:
        raise Forbidden("You rolled blind. Only a DM can reveal this roll.")
    kind = REVEALABLE[entry.event]
    hidden = Hidden(msgspec.json.decode(entry.data, type=kind.shape), seq, play.player, play.timestamp)
    shown, announced = kind.reveal(hidden)
    LogEntry.objects.filter(pk=entry.pk).update(audience=None, cuts=None, data=encode(shown).decode())
    return announced
