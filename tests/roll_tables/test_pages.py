"""A DM makes roll tables: rows with odds, import and export, settings, deleting."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from game.campaign.models import Campaign
from game.roll_tables.models import RollTable
from tests.lobby.conftest import Group
from tests.roll_tables.tables import make

FORMULA = '=HYPERLINK("http://example.org")'


@pytest.fixture
def dm(group: Group) -> Client:
    return group.browser("dm")


def page_of(table: RollTable) -> str:
    return f"/campaigns/{table.campaign_id}/tables/{table.pk}/"


def rows(table: RollTable) -> list[tuple[int, str, str | None]]:
    return list(table.rows.values_list("weight", "text", "leads_to__name"))


def save(browser: Client, table: RollTable, *lines: dict[str, Any]) -> Any:
    """Post the editor with these lines; those with an `id` change a row."""
    known = sum("id" in line for line in lines)
    data = {"rows-TOTAL_FORMS": len(lines), "rows-INITIAL_FORMS": known}
    data |= {f"rows-{number}-{name}": value for number, line in enumerate(lines) for name, value in line.items()}
    return browser.post(page_of(table), data)


def bring(browser: Client, table: RollTable, text: str, **how: Any) -> Any:
    return browser.post(f"{page_of(table)}import/", {"rows": text, **how})


def shown(answer: Any) -> str:
    """A page's text, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_campaign_without_tables_says_what_to_do(group: Group, dm: Client) -> None:
    assert "Roll tables" in shown(dm.get(group.page))
    assert "Roll tables" not in shown(group.browser("player").get(group.page))
    assert "name your first table" in shown(dm.get(f"{group.page}tables/"))


def test_a_table_is_made_and_its_rows_are_written_with_their_odds(group: Group, dm: Client) -> None:
    made = dm.post(f"{group.page}tables/", {"name": "Weather"})
    table = RollTable.objects.get(name="Weather")
    gems = make(group.campaign, "Gems", "Ruby")
    assert made["Location"] == page_of(table)
    assert "Type the first rows here" in shown(dm.get(page_of(table)))

    saved = save(
        dm, table, {"weight": 3, "text": "Rain\r\nall day"}, {"weight": 1, "text": "", "then": "gems"}, {"weight": 1}
    )

    assert saved.status_code == 302
    assert rows(table) == [(3, "Rain\nall day", None), (1, "", gems.name)]
    assert re.search("75 %.* 25 %", shown(dm.get(page_of(table))))


def test_rows_are_changed_removed_and_added(group: Group, dm: Client) -> None:
    table = make(group.campaign, "Weather", (3, "Rain"), (1, "Hail"))
    rain, hail = table.rows.all()

    save(
        dm,
        table,
        {"id": rain.pk, "weight": 5, "text": "Drizzle"},
        {"id": hail.pk, "weight": 1, "text": "Hail", "DELETE": "on"},
        {"weight": 2, "text": "Sun"},
    )

    assert rows(table) == [(5, "Drizzle", None), (2, "Sun", None)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"weight": 0, "text": "Rain"}, "greater than or equal to 1"),
        ({"weight": "1.5", "text": "Rain"}, "whole number"),
        ({"weight": 2, "text": " "}, "A row needs a text"),
        ({"weight": 1, "text": "Rain", "then": "Nowhere"}, "There is no such table"),
        ({"weight": 1, "text": "Rain", "then": "Weather"}, "There is no such table"),
        ({"weight": 1, "text": "[[500d2000000]]"}, "1,000,000"),
        ({"weight": 1_000_000, "text": "Rain"}, "may add up to at most 1,000,000"),
        ({"weight": 1, "text": "On", "then": "Back"}, "back to each other: “Weather” → “Back” → “Weather”"),
        ({"weight": 1, "text": "x" * 2_001}, "at most 2000 characters"),
    ],
)
def test_rows_that_are_none_are_refused_and_nothing_changes(
    group: Group, dm: Client, line: dict[str, Any], said: str
) -> None:
    table = make(group.campaign, "Weather", "Sun")
    make(group.campaign, "Back", (1, "back", table))

    answer = save(dm, table, {"id": table.rows.get().pk, "weight": 1, "text": "Sun"}, line)

    assert answer.status_code == 400
    assert said in shown(answer)
    assert rows(table) == [(1, "Sun", None)]


def test_rows_of_another_campaign_are_out_of_reach(group: Group, dm: Client) -> None:
    foreign = make(Campaign.objects.create(name="Another"), "Secrets", "The king is dead")
    table = make(group.campaign, "Weather", "Sun")

    stolen = save(dm, table, {"id": foreign.rows.get().pk, "weight": 1, "text": "mine"})
    named = save(dm, table, {"weight": 1, "text": "x", "then": "Secrets"})
    brought = bring(dm, table, "1,x,Secrets")

    assert [answer.status_code for answer in (named, brought)] == [400] * 2
    assert "The king is dead" not in shown(stolen) + shown(dm.get(page_of(table)))
    assert rows(table) == [(1, "Sun", None)]
    assert rows(foreign) == [(1, "The king is dead", None)]
    assert dm.get(f"{group.page}tables/{foreign.pk}/").status_code == 404


def test_two_tables_have_two_names(group: Group, dm: Client) -> None:
    make(group.campaign, "Weather")

    assert "already has a table with that name" in shown(dm.post(f"{group.page}tables/", {"name": "WEATHER"}))


# Import and export ----------------------------------------------------------------------------------


def test_rows_are_imported_behind_the_others_or_in_their_place(group: Group, dm: Client) -> None:
    table = make(group.campaign, "Weather", "Sun")

    bring(dm, table, "2,Rain")
    assert rows(table) == [(1, "Sun", None), (2, "Rain", None)]

    bring(dm, table, "1-3,Hail\n4-6,Snow", replace="on")
    assert rows(table) == [(3, "Hail", None), (3, "Snow", None)]


def test_a_file_is_imported(group: Group, dm: Client) -> None:
    table = make(group.campaign, "Weather")
    file = SimpleUploadedFile("weather.csv", "weight;text\r\n2;Föhn\r\n".encode("utf-8-sig"))

    bring(dm, table, "", file=file)

    assert rows(table) == [(2, "Föhn", None)]


@pytest.mark.parametrize(
    ("text", "file", "said"),
    [
        ("2,Rain\nx,Hail", None, "Line 2: “x” is not a weight"),
        ("1,Rain,Nowhere", None, "Line 1: There is no table “Nowhere” in this campaign."),
        ("1,Rain,Weather", None, "back to each other: “Weather” → “Weather”"),
        ("1,Rain\n2,[[1d0]]", None, "Line 2: "),
        ("", None, "Paste rows, or choose a file."),
        ("", b"1,F\xf6hn", "not UTF-8"),
        ("", b"x" * (600 * 1024), "at most 512 KiB"),
        ("x" * (600 * 1024), None, "at most 524288 characters"),
    ],
)
def test_an_import_that_is_none_is_refused_and_nothing_changes(
    group: Group, dm: Client, text: str, file: bytes | None, said: str
) -> None:
    table = make(group.campaign, "Weather", "Sun")

    answer = bring(dm, table, text, replace="on", **({} if file is None else {"file": SimpleUploadedFile("x", file)}))

    assert answer.status_code == 400
    assert said in shown(answer)
    assert rows(table) == [(1, "Sun", None)]


def test_the_odds_are_shown_before_rows_come_in(group: Group, dm: Client) -> None:
    table = make(group.campaign, "Weather", (6, "Sun"))

    looked = bring(dm, table, "d4,Sky\n1-3,Rain\n4,Hail", preview="on")

    page = shown(looked)
    assert looked.status_code == 200
    assert "2 rows to import" in page
    assert re.search(r"30 %\s+3\s+Rain.*10 %\s+1\s+Hail", page, re.DOTALL)
    assert "d4,Sky\n1-3,Rain\n4,Hail" in looked.content.decode().replace("\r\n", "\n")
    assert rows(table) == [(6, "Sun", None)]
    replaced = shown(bring(dm, table, "d4,Sky\n1-3,Rain\n4,Hail", preview="on", replace="on"))
    assert re.search(r"75 %\s+3\s+Rain", replaced)
    assert bring(dm, table, "d4,Sky\n5,Rain", preview="on").status_code == 400


def test_megabytes_of_rows_are_refused_on_a_page(group: Group, dm: Client) -> None:
    table = make(group.campaign, "Weather", "Sun")

    answer = bring(dm, table, "1,Rain\n" * 450_000)

    assert answer.status_code == 413
    assert "An import may have at most 512 KiB." in shown(answer)
    assert rows(table) == [(1, "Sun", None)]


def test_what_is_exported_is_imported_as_it_was(group: Group, dm: Client) -> None:
    gems = make(group.campaign, "Gems", "Ruby")
    table = make(group.campaign, "Loot / all", (3, FORMULA), (1, "Two\nlines, “quoted”", gems))

    answer = dm.get(f"{page_of(table)}export/")
    written = answer.content.decode("utf-8-sig")

    assert answer["Content-Disposition"] == 'attachment; filename="Loot - all.csv"'
    assert f"'{FORMULA[:5]}" in written
    copy = make(group.campaign, "Copy")
    bring(dm, copy, written)
    assert rows(copy) == rows(table)


# Decks, settings, deleting ---------------------------------------------------------------------------


def test_a_deck_shows_what_is_out_and_is_reset(group: Group, dm: Client) -> None:
    deck = make(group.campaign, "Deck", "Sun", (3, "Moon"), with_replacement=False)
    deck.rows.filter(text="Sun").update(drawn=True)

    page = shown(dm.get(page_of(deck)))
    assert "1 of 2 rows drawn" in page
    assert re.search("drawn .* 100 %", page)
    assert "1 of 2 left" in shown(dm.get(f"{group.page}tables/"))

    dm.post(f"{page_of(deck)}reset/")
    assert not deck.rows.filter(drawn=True).exists()


def test_a_table_is_opened_to_the_players(group: Group, dm: Client) -> None:
    table = make(group.campaign, "Weather", "Sun")

    dm.post(f"{page_of(table)}settings/", {"name": "Sky", "players_may_draw": "on"})

    table.refresh_from_db()
    assert (table.name, table.players_may_draw, table.with_replacement) == ("Sky", True, False)
    assert dm.post(f"{page_of(table)}settings/", {"name": " "}).status_code == 400


def test_a_table_that_others_lead_to_is_kept(group: Group, dm: Client) -> None:
    gems = make(group.campaign, "Gems", "Ruby")
    loot = make(group.campaign, "Loot", (1, "A gem", gems))

    kept = dm.post(f"{page_of(gems)}delete/", follow=True)
    dm.post(f"{page_of(loot)}delete/")
    dm.post(f"{page_of(gems)}delete/")

    assert "delete “Gems” while rows of “Loot” lead to it" in shown(kept)
    assert not RollTable.objects.exists()


def test_a_campaign_goes_with_its_tables(group: Group) -> None:
    gems = make(group.campaign, "Gems", "Ruby")
    make(group.campaign, "Loot", (1, "A gem", gems))

    group.campaign.delete()

    assert not RollTable.objects.exists()
