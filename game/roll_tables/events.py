"""Roll tables at the table: drawing from one, and putting back what was drawn."""

from __future__ import annotations

import msgspec
from msgspec import UNSET, Struct

from game.dice.events import Number, character_of, said_to
from game.dice.fairness import seeds
from game.dice.reveals import Hidden, revealable
from game.dice.rolls import Visibility
from game.dice.rules.fairness.export import table_words
from game.engine.commands import Play
from game.protocol import DMS, EVERYBODY, Player, Said, announcement, event
from game.roles import Role
from game.roll_tables import drawing
from game.roll_tables.drawing import Draw, NamedTable, VeiledDraw, faces_drawn


class TableDraw(Struct, frozen=True):
    """Somebody drew from a roll table."""

    player: Player
    draw: Draw
    timestamp: str


class VeiledTableDraw(Struct, frozen=True):
    """Somebody drew blind: what they see of it themselves."""

    player: Player
    draw: VeiledDraw
    timestamp: str


@event("table_draw", refusal="Spectators can't draw from tables", cuts=(VeiledTableDraw,), writes=True)
def draw(
    play: Play, table_id: Number, visibility: Visibility = "public", character_id: Number | None = None
) -> Said[TableDraw]:
    """Draw from a roll table of the campaign. Players may draw only from tables that a DM opened to them.

    `visibility` and `character_id` as in `dice_roll`. Rows drawn from a deck stay out; `conflict` once all are drawn.
    """
    table = drawing.table_to_draw_from(play.seat.campaign_id, table_id, is_dm=play.player.is_dm)
    character = character_of(play, character_id)
    with seeds.rolling(play.batch, play.row, table_words(table_id)) as roller:
        chance, proof = roller.chance(hidden=visibility != "public")
        rows, ended_at = drawing.draw_from(table, chance)
        roller.chained(proof, table_words(table_id), faces_drawn(rows))
    named = NamedTable(table.pk, table.name)
    drawn = Draw(named, rows, visibility, proof, ended_at, UNSET if character is None else character)
    said = TableDraw(play.player, drawn, play.timestamp)
    return said_to(visibility, play.seat.user_id, said, VeiledTableDraw)


@announcement("draw_revealed", to="room", stored=True)
class DrawRevealed(Struct, frozen=True):
    """A hidden draw from a roll table is shown to everybody from now on; like `roll_revealed`."""

    player: Player
    seq: int
    draw: Draw
    roller: Player
    rolled_at: str
    timestamp: str


@revealable("table_draw", TableDraw)
def reveal_draw(hidden: Hidden[TableDraw]) -> tuple[TableDraw, DrawRevealed]:
    """A draw, marked as revealed."""
    draw = msgspec.structs.replace(hidden.data.draw, revealed=True)
    said = msgspec.structs.replace(hidden.data, draw=draw)
    return said, DrawRevealed(hidden.shown_by, hidden.seq, draw, said.player, said.timestamp, hidden.timestamp)


class TableReset(Struct, frozen=True):
    """A DM put the drawn rows of a deck back."""

    player: Player
    table: NamedTable
    timestamp: str


@event("table_reset", who=Role.DM, refusal="Only a DM can reset tables", writes=True)
def reset(play: Play, table_id: Number) -> Said[TableReset]:
    """Put the drawn rows of a deck back. Players hear of it if they may draw from it."""
    table = drawing.reset(play.seat.campaign_id, table_id)
    said = TableReset(play.player, NamedTable(table.pk, table.name), play.timestamp)
    return Said(said, EVERYBODY if table.players_may_draw else DMS)
