"""Roll tables for tests."""

from __future__ import annotations

from typing import Any

from game.campaign.models import Campaign
from game.engine.readers import read
from game.roll_tables.models import RollTable, RollTableRow
from tests.engine.table import Guest, Table

Row = str | tuple[int, str] | tuple[int, str, RollTable]


def make(campaign: Campaign, name: str, *rows: Row, **how: Any) -> RollTable:
    """A table of these rows: a text, or weight and text, or these and where it leads."""
    table = RollTable.objects.create(campaign=campaign, name=name, **how)
    for position, row in enumerate(rows):
        weight, text, leads_to = (1, row, None) if isinstance(row, str) else (*row, None)[:3]
        RollTableRow.objects.create(table=table, position=position, weight=weight, text=text, leads_to=leads_to)
    return table


async def prepare(table: Table, name: str, *rows: Row, **how: Any) -> RollTable:
    """The same, in the session's campaign."""
    return await read(lambda: make(table.session.campaign, name, *rows, **how))


async def drawn(guest: Guest, table: RollTable, **how: Any) -> dict[str, Any]:
    """What this guest hears of a draw of its own."""
    said = await guest.said("table_draw", table_id=table.pk, **how)
    await guest.hears(said.seq)
    frame = next(frame for frame in guest.frames if frame.get("seq") == said.seq)
    data: dict[str, Any] = frame["data"]["draw"]
    return data
