"""Drawing from roll tables: what the log keeps of it, and what the transaction that writes the log does to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from msgspec import UNSET, Struct, UnsetType

from game.dice.fairness.seeds import Proof
from game.dice.rolls import Roll, RolledFor, Visibility, roll_of
from game.dice.rules.fairness.chance import Chance
from game.dice.rules.inline import rolled_in
from game.errors import Conflict, Invalid, NotFound
from game.roll_tables.models import RollTable, RollTableRow
from game.roll_tables.rules.trails import MAX_DEPTH, bad_trail, row_at


class NamedTable(Struct, frozen=True):
    """A roll table as the log names it. It may be gone since."""

    id: int
    name: str


class DrawnRow(Struct, frozen=True, omit_defaults=True):
    """A row that was drawn: `number` of 1 to `of`, the weights of all rows that could be.

    `rolls` are those of the formulas in double brackets, as in a line of chat; the draw's `proof` proves them too.
    """

    table: str
    number: int
    of: int
    text: str
    rolls: list[Roll] = []


class Draw(Struct, frozen=True, omit_defaults=True):
    """A draw: the row of `table`, and behind it the rows of the tables that it led to.

    `ended_at` names the table that the last row leads to, where that has nothing left to draw.
    """

    table: NamedTable
    rows: list[DrawnRow]
    visibility: Visibility
    proof: Proof
    ended_at: str = ""
    character: RolledFor | UnsetType = UNSET
    revealed: bool = False


class VeiledDraw(Struct, frozen=True, omit_defaults=True):
    """A blind draw as its player sees it: the table, and nothing of the result."""

    table: NamedTable
    visibility: Visibility
    character: RolledFor | UnsetType = UNSET


NO_TABLE = "There is no such table."


def table_to_draw_from(campaign_id: int, table_id: int, *, is_dm: bool) -> RollTable:
    """The table, locked. Conflict if nothing can be drawn, or if its rows lead back to it.

    NotFound for another campaign's table. A table that players may not draw from looks the same to them.
    """
    table = locked(campaign_id, table_id)
    if table is None or not (is_dm or table.players_may_draw):
        raise NotFound(NO_TABLE)
    # Whatever depends on the dice must not refuse: a draw that is sent again falls the same.
    try:
        refuse_bad_trail(campaign_id, table_id)
    except Conflict:
        if is_dm:
            raise
        # The whole refusal names tables that players need not know of.
        raise Conflict(f"A DM must first fix where the rows of “{table.name}” lead.") from None
    if not drawable(table).exists():
        raise Conflict(
            f"“{table.name}” has no rows yet."
            if table.with_replacement or not table.rows.exists()
            else f"Every row of “{table.name}” has been drawn. A DM can reset it."
        )
    return table


def drawable(table: RollTable) -> QuerySet[RollTableRow]:
    """The rows that can be drawn now."""
    return table.rows.all() if table.with_replacement else table.rows.filter(drawn=False)


def draw_from(table: RollTable, chance: Chance) -> tuple[list[DrawnRow], str]:
    """Draw, and from the tables that are led to; what is drawn from a deck is out. The rows, and `Draw.ended_at`."""
    campaign_id = table.campaign_id
    drawn: list[tuple[str, int, int, str]] = []
    following: RollTable | None = table
    ended_at = ""
    while following is not None:
        here = following
        rows = list(drawable(here).values_list("pk", "weight"))
        if not rows:
            ended_at = here.name
            break
        weights = [weight for _, weight in rows]
        number = chance.randbelow(sum(weights)) + 1
        row = RollTableRow.objects.get(pk=rows[row_at(weights, number)][0])
        if not here.with_replacement:
            RollTableRow.objects.filter(pk=row.pk).update(drawn=True)
        drawn.append((here.name, number, sum(weights), row.text))
        if len(drawn) > MAX_DEPTH:  # only where the tables were changed this very moment
            raise Conflict(f"At most {MAX_DEPTH} tables can follow each other.")
        following = None if row.leads_to_id is None else locked(campaign_id, row.leads_to_id)
    # All numbers come before all dice: dice that cannot be rolled leave the numbers as they are.
    rolls = rolled_in([text for *_, text in drawn], chance.randbelow)
    return [
        DrawnRow(*row, rolls=[roll_of(formula, rolled) for formula, rolled in inside])
        for row, inside in zip(drawn, rolls, strict=True)
    ], ended_at


def faces_drawn(rows: Iterable[DrawnRow]) -> list[int]:
    """The numbers of a draw's rows, then the faces of the rolls in their texts: all that chance decided."""
    drawn = list(rows)
    inside = [face for row in drawn for roll in row.rolls for face in roll.rolls]
    return [*(row.number for row in drawn), *inside]


def reset(campaign_id: int, table_id: int) -> RollTable:
    """Put back what was drawn. NotFound, or Conflict where nothing was."""
    table = locked(campaign_id, table_id)
    if table is None:
        raise NotFound(NO_TABLE)
    if table.with_replacement:
        raise Invalid(f"“{table.name}” is not a deck: there is nothing to reset.")
    if not table.rows.filter(drawn=True).update(drawn=False):
        raise Conflict(f"No row of “{table.name}” has been drawn yet.")
    return table


def locked(campaign_id: int, table_id: int) -> RollTable | None:
    """A table of this campaign, which nobody else draws from or changes until the transaction ends."""
    # Two sessions of a campaign may draw from one deck at once, on two server processes.
    found = RollTable.objects.select_for_update(no_key=True).filter(pk=table_id, campaign_id=campaign_id)
    return found.first()


# Which leads to which -------------------------------------------------------------------------


def refuse_bad_trail(campaign_id: int, table_id: int, leads_to: Collection[int] | None = None) -> None:
    """Conflict where tables come round or lead too far: from this one on, as it is.

    With `leads_to`, as if it led to those: then also from the tables that lead to it.
    """
    leads: dict[int, set[int]] = {}
    rows = RollTableRow.objects.filter(table__campaign_id=campaign_id, leads_to__isnull=False)
    for source, target in rows.values_list("table_id", "leads_to_id"):
        if target is not None:
            leads.setdefault(source, set()).add(target)
    starts = {table_id}
    if leads_to is not None:
        leads[table_id] = set(leads_to)
        starts |= _leading_to(leads, table_id)
    for start in sorted(starts):
        if trail := bad_trail(leads, start):
            names = dict(RollTable.objects.filter(pk__in=trail).values_list("pk", "name"))
            way = " → ".join(f"“{names.get(pk, '?')}”" for pk in trail)
            if trail[-1] in trail[:-1]:
                raise Conflict(f"These tables lead back to each other: {way}.")
            raise Conflict(f"At most {MAX_DEPTH} tables can follow each other: {way}.")


def _leading_to(leads: dict[int, set[int]], table_id: int) -> set[int]:
    """The tables from which one can come to this one."""
    found: set[int] = set()
    new = {table_id}
    while new:
        new = {source for source, targets in leads.items() if targets & new} - found
        found |= new
    return found
