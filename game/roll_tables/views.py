"""A DM's pages of roll tables."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from game.campaign.membership import membership_of
from game.campaign.pages import SignedInRequest, members_page
from game.errors import Conflict, Invalid
from game.roles import Role
from game.roll_tables.editing import (
    begin_change,
    delete_table,
    export_rows,
    import_rows,
    odds,
    preview_rows,
    refuse_too_many,
    table_for,
    tables_of,
)
from game.roll_tables.forms import ImportForm, NewRollTableForm, RollTableForm, RowFormSet
from game.roll_tables.models import RollTable


@members_page
@require_http_methods(["GET", "HEAD", "POST"])
def tables(request: SignedInRequest, campaign_id: int) -> HttpResponse:
    """A campaign's tables, and where a new one begins."""
    campaign = membership_of(request.user, campaign_id, Role.DM).campaign
    form = NewRollTableForm(request.POST or None, instance=RollTable(campaign=campaign))
    if request.method == "POST" and form.is_valid():
        refuse_too_many(campaign)
        return _to(form.save())
    context = {"campaign": campaign, "tables": tables_of(campaign), "form": form}
    return render(request, "roll_tables/roll_tables.html", context, status=400 if form.errors else 200)


@members_page
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: SignedInRequest, campaign_id: int, table_id: int) -> HttpResponse:
    """A table with its rows; a POST changes the rows."""
    if request.method == "GET":
        return _page(request, table_for(request.user, campaign_id, table_id))
    with transaction.atomic():
        found = begin_change(request.user, campaign_id, table_id)
        rows = RowFormSet(request.POST, instance=found)
        if rows.is_valid():
            rows.save()
            messages.success(request, "Rows saved.")
            return _to(found)
    return _page(request, found, rows=rows)


@members_page
@require_POST
def settings(request: SignedInRequest, campaign_id: int, table_id: int) -> HttpResponse:
    """Name a table, and say who draws from it how."""
    with transaction.atomic():
        found = begin_change(request.user, campaign_id, table_id)
        form = RollTableForm(request.POST, instance=found)
        if form.is_valid():
            form.save()
            messages.success(request, "Saved.")
            return _to(found)
    return _page(request, table_for(request.user, campaign_id, table_id), settings=form)


@members_page
@require_POST
def bring(request: SignedInRequest, campaign_id: int, table_id: int) -> HttpResponse:
    """Rows from a CSV, from a file or pasted."""
    found = table_for(request.user, campaign_id, table_id)
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        text, replace = form.cleaned_data["text"], bool(form.cleaned_data["replace"])
        try:
            if "preview" in request.POST:
                return _previewed(request, found, text, replace=replace)
            rows = import_rows(request.user, campaign_id, table_id, text, replace=replace)
        except (Conflict, Invalid) as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "1 row imported." if len(rows) == 1 else f"{len(rows)} rows imported.")
            return _to(found)
    # On a phone it stands below all rows.
    form.fields["rows"].widget.attrs["autofocus"] = True
    return _page(request, found, bring=form)


def _previewed(request: SignedInRequest, found: RollTable, text: str, *, replace: bool) -> HttpResponse:
    """The page with the odds of what would come in, and the rows to be imported so. Refused as the import."""
    rows = preview_rows(request.user, found, text, replace=replace)
    form = ImportForm(initial={"rows": text, "replace": "on" if replace else ""})
    return _page(request, found, bring=form, preview=rows, status=200)


@members_page
@require_safe
def export(request: SignedInRequest, campaign_id: int, table_id: int) -> HttpResponse:
    """A table's rows as CSV. The mark at its beginning tells spreadsheets that it is UTF-8."""
    found = table_for(request.user, campaign_id, table_id)
    answer = HttpResponse(export_rows(found).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{found.name.replace('/', '-')}.csv")
    return answer


@members_page
@require_POST
def reset(request: SignedInRequest, campaign_id: int, table_id: int) -> HttpResponse:
    """Put back what was drawn from a deck."""
    with transaction.atomic():
        found = begin_change(request.user, campaign_id, table_id)
        found.rows.filter(drawn=True).update(drawn=False)
    messages.success(request, "All rows can be drawn again.")
    return _to(found)


@members_page
@require_POST
def delete(request: SignedInRequest, campaign_id: int, table_id: int) -> HttpResponse:
    """Delete a table that no row leads to."""
    try:
        gone = delete_table(request.user, campaign_id, table_id)
    except Conflict as refusal:
        messages.error(request, refusal.message)
        return redirect("game:roll-table", campaign_id=campaign_id, table_id=table_id)
    messages.success(request, f"“{gone.name}” was deleted.")
    return redirect("game:roll-tables", campaign_id=campaign_id)


def _to(found: RollTable) -> HttpResponse:
    return redirect("game:roll-table", campaign_id=found.campaign_id, table_id=found.pk)


def _page(request: SignedInRequest, found: RollTable, status: int = 0, **filled: Any) -> HttpResponse:
    """A table's page; `filled`: a form that was refused, as `rows`, `settings` or `bring`, or what is previewed."""
    stored = list(found.rows.select_related("leads_to"))
    rows = filled.get("rows") or RowFormSet(instance=found, queryset=found.rows.select_related("leads_to"))
    chances = odds(stored, deck=not found.with_replacement)
    by_row = {row.pk: chance for row, chance in zip(stored, chances, strict=True)}
    context = {
        "campaign": found.campaign,
        "table": found,
        "rows": rows,
        "lines": [(form, by_row.get(form.instance.pk, "")) for form in rows.forms],
        "size": len(stored),
        "drawn": sum(chance is None for chance in chances),
        "names": found.campaign.roll_tables.exclude(pk=found.pk).values_list("name", flat=True),
        "settings": filled.get("settings") or RollTableForm(instance=found),
        "bring": filled.get("bring") or ImportForm(initial={"replace": "" if stored else "on"}),
    }
    context["preview"] = filled.get("preview")
    return render(request, "roll_tables/roll_table.html", context, status=status or (400 if filled else 200))
