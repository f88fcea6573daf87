"""What a DM does to a campaign's roll tables, each change whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet, RestrictedError
from django.db.models.functions import Lower

from accounts.models import User
from game.campaign.membership import membership_of
from game.campaign.models import Campaign
from game.errors import Conflict, Invalid, NotFound
from game.roles import Role
from game.roll_tables.drawing import NO_TABLE, locked, refuse_bad_trail
from game.roll_tables.models import RollTable, RollTableRow, validate_row_text
from game.roll_tables.rules import csv_rows
from game.roll_tables.rules.csv_rows import CsvRefused, Row
from game.roll_tables.rules.trails import MAX_ROWS, MAX_TABLES


def tables_of(campaign: Campaign) -> QuerySet[RollTable]:
    """The tables of a campaign by name, each with `total`, its number of rows, and `left`, how many can be drawn."""
    can_be = Q(rows__isnull=False) & (Q(rows__drawn=False) | Q(with_replacement=True))
    counted = campaign.roll_tables.annotate(total=Count("rows"), left=Count("rows", filter=can_be))
    return counted.order_by(Lower("name"), "id")  # a query that counts forgets it


def table_for(dm: User, campaign_id: int, table_id: int) -> RollTable:
    """The table that the DM wants to change. In a transaction it is locked, and so are the campaign's others."""
    membership_of(dm, campaign_id, Role.DM)
    found = RollTable.objects.select_related("campaign").filter(pk=table_id, campaign_id=campaign_id).first()
    if found is None:
        raise NotFound(NO_TABLE)
    return found


def begin_change(dm: User, campaign_id: int, table_id: int) -> RollTable:
    """The same, for a change: until the transaction ends nobody else changes tables or draws from this one."""
    # The campaign, not the table: two changes together must not make a circle.
    Campaign.objects.select_for_update(no_key=True).filter(pk=campaign_id).first()
    locked(campaign_id, table_id)
    return table_for(dm, campaign_id, table_id)


def refuse_too_many(campaign: Campaign) -> None:
    """Conflict if a campaign has as many tables as it may have."""
    if campaign.roll_tables.count() >= MAX_TABLES:
        raise Conflict(f"A campaign has at most {MAX_TABLES} roll tables.")


@transaction.atomic
def delete_table(dm: User, campaign_id: int, table_id: int) -> RollTable:
    """Delete a table; Conflict where rows of others lead to it. What was drawn from it stays in the log."""
    table = begin_change(dm, campaign_id, table_id)
    try:
        table.delete()
    except RestrictedError as error:
        leading = {row.table.name for row in error.restricted_objects if isinstance(row, RollTableRow)}
        names = ", ".join(f"“{name}”" for name in sorted(leading))
        raise Conflict(f"You can’t delete “{table.name}” while rows of {names} lead to it.") from None
    return table


@transaction.atomic
def import_rows(dm: User, campaign_id: int, table_id: int, text: str, *, replace: bool) -> list[Row]:
    """Import rows from CSV, behind a table's own or instead of them. RuleBroken or Conflict if they are not valid."""
    table = begin_change(dm, campaign_id, table_id)
    rows, named, kept = _brought(table, text, replace=replace)
    if replace:
        table.rows.all().delete()
    start = max((row.position for row in kept), default=-1) + 1
    RollTableRow.objects.bulk_create(
        RollTableRow(
            table=table,
            position=start + place,
            weight=row.weight,
            text=row.text,
            leads_to_id=named[row.table.lower()] if row.table else None,
        )
        for place, row in enumerate(rows)
    )
    return rows


@dataclass(frozen=True, slots=True)
class PreviewedRow:
    """A row as it would come in, with how likely it would be drawn, 0 to 1."""

    row: Row
    chance: float


def preview_rows(dm: User, table: RollTable, text: str, *, replace: bool) -> list[PreviewedRow]:
    """What `import_rows` would bring, and how likely each; refused as it is."""
    table = table_for(dm, table.campaign_id, table.pk)
    rows, _, kept = _brought(table, text, replace=replace)
    whole = sum(row.weight for row in rows) + sum(row.weight for row in kept if table.with_replacement or not row.drawn)
    return [PreviewedRow(row, row.weight / whole) for row in rows]


def _brought(table: RollTable, text: str, *, replace: bool) -> tuple[list[Row], dict[str, int], Sequence[RollTableRow]]:
    """The rows of a text, the tables that they lead to by name, and the rows that stay; RuleBroken, Conflict."""
    rows = csv_rows.read(text)
    named = _tables_named(table, rows)
    for row in rows:
        try:
            validate_row_text(row.text)
        except ValidationError as error:
            raise CsvRefused(row.line, " ".join(error.messages)) from None
    kept: Sequence[RollTableRow] = [] if replace else list(table.rows.all())
    if len(kept) + len(rows) > MAX_ROWS:
        raise Invalid(f"A table has at most {MAX_ROWS:,} rows.")
    csv_rows.refuse_too_heavy([*(row.weight for row in kept), *(row.weight for row in rows)])
    leads = {pk for pk in (*named.values(), *(row.leads_to_id for row in kept)) if pk is not None}
    refuse_bad_trail(table.campaign_id, table.pk, leads)
    return rows, named, kept


def _tables_named(table: RollTable, rows: Collection[Row]) -> dict[str, int]:
    """The tables that these rows lead to, by name in lower case."""
    known = {name.lower(): pk for pk, name in table.campaign.roll_tables.values_list("pk", "name")}
    for row in rows:
        if row.table and row.table.lower() not in known:
            raise CsvRefused(row.line, f"There is no table “{row.table[:60]}” in this campaign.")
    return {row.table.lower(): known[row.table.lower()] for row in rows if row.table}


def export_rows(table: RollTable) -> str:
    """The rows as CSV."""
    rows = table.rows.select_related("leads_to")
    return csv_rows.write((row.weight, row.text, row.leads_to.name if row.leads_to else "") for row in rows)


def odds(rows: Sequence[RollTableRow], *, deck: bool) -> list[float | None]:
    """How likely each row is to be drawn next, 0 to 1; None for what is drawn from a deck."""
    out = [deck and row.drawn for row in rows]
    whole = sum(row.weight for row, is_out in zip(rows, out, strict=True) if not is_out)
    return [None if is_out else row.weight / whole for row, is_out in zip(rows, out, strict=True)]
