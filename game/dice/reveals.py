"""What was rolled or drawn in hiding, shown to everybody."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from game.dice.events import DiceRoll, Number
from game.dice.rolls import Roll
from game.engine.commands import AlreadySo, Play
from game.engine.log.audience import restored
from game.engine.models import LogEntry
from game.errors import Forbidden, NotFound
from game.protocol import Player, announcement, encode, event
from game.roll_tables.drawing import Draw
from game.roll_tables.events import TableDraw


class RollRevealed(Struct, frozen=True):
    """A hidden roll, for everybody from now on: `seq` is its place in the log, `player` who revealed it.

    `roller` rolled it, at `rolled_at`.
    """

    player: Player
    seq: int
    roll: Roll
    roller: Player
    rolled_at: str
    timestamp: str


@announcement("draw_revealed", to="room", stored=True)
class DrawRevealed(Struct, frozen=True):
    """A hidden draw from a roll table, for everybody from now on; as `roll_revealed`."""

    player: Player
    seq: int
    draw: Draw
    roller: Player
    rolled_at: str
    timestamp: str


@event("roll_reveal", refusal="Spectators cannot reveal rolls", says="roll_revealed", writes=True)
def reveal(play: Play, seq: Number) -> RollRevealed | DrawRevealed:
    """Show a hidden roll, your own or as a DM any that you see, to everybody and for good. `seq`: its place in the log.

    One that everybody sees already is answered as a duplicate. Who rolled blind cannot reveal it. A hidden draw from
    a roll table is revealed in the same way, and said as `draw_revealed`.
    """
    events = ("dice_roll", "table_draw")
    entry = LogEntry.objects.filter(session_id=play.session_id, seq=seq, event__in=events).first()
    audience = restored(entry.audience) if entry else None
    if entry and audience is None:
        raise AlreadySo(seq)
    if audience and play.seat.user_id in audience.veiled and not play.player.is_dm:
        raise Forbidden("You rolled blind: only a DM can reveal it.")
    # Nothing tells a roll that one may not see from what is no roll.
    if entry is None or audience is None or not audience.includes(play.seat.user_id, play.seat.role):
        raise NotFound("There is no such roll to reveal.")
    if entry.event == "dice_roll":
        hidden = msgspec.json.decode(entry.data, type=DiceRoll)
        roll = msgspec.structs.replace(hidden.roll, revealed=True)
        _open(entry, msgspec.structs.replace(hidden, roll=roll))
        return RollRevealed(play.player, seq, roll, hidden.player, hidden.timestamp, play.timestamp)
    play.says = "draw_revealed"
    drawn = msgspec.json.decode(entry.data, type=TableDraw)
    draw = msgspec.structs.replace(drawn.draw, revealed=True)
    _open(entry, msgspec.structs.replace(drawn, draw=draw))
    return DrawRevealed(play.player, seq, draw, drawn.player, drawn.timestamp, play.timestamp)


def _open(entry: LogEntry, shown: DiceRoll | TableDraw) -> None:
    LogEntry.objects.filter(pk=entry.pk).update(audience=None, data=encode(shown).decode())
