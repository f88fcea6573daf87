"""Drawing from a roll table: who may, what comes, and what stays out."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import Any

import pytest

from game.campaign.models import Campaign
from game.engine.readers import read
from game.errors import Conflict, Forbidden, Invalid, NotFound
from game.roll_tables.models import RollTable, RollTableRow
from game.roll_tables.rules.trails import MAX_DEPTH
from tests.engine.conftest import StartEngine
from tests.engine.table import Guest, Table
from tests.roll_tables.tables import drawn, make, prepare

SECRET = "The innkeeper is the murderer"


async def refusal(guest: Guest, event: str, table_id: int, **how: Any) -> Exception:
    answer = await guest.says(event, table_id=table_id, **how)
    assert isinstance(answer, Exception), answer
    return answer


async def test_everybody_sees_what_was_drawn(table: Table) -> None:
    rumours = await prepare(table, "Rumours", (3, "It is haunted."), (1, "It is not."), players_may_draw=True)
    dm, alice = await table.sit("dm"), await table.sit("alice")

    draw = await drawn(alice, rumours)

    (row,) = draw["rows"]
    assert draw["table"] == {"id": rumours.pk, "name": "Rumours"}
    assert (row["table"], row["of"]) == ("Rumours", 4)
    assert row["text"] == ("It is haunted." if row["number"] <= 3 else "It is not.")
    await dm.until(lambda: bool(dm.heard("table_draw")), "heard the draw")
    assert dm.heard("table_draw")[0]["draw"] == draw


async def test_a_row_leads_to_another_table_and_its_dice_are_rolled(table: Table) -> None:
    gems = await prepare(table, "Gems", "A ruby worth [[1d1+6]] crowns, not [[brackets]]")
    treasure = await prepare(table, "Treasure", (2, "A chest of [[2d6]]", gems))
    dm = await table.sit("dm")

    draw = await drawn(dm, treasure)

    chest, ruby = draw["rows"]
    assert (chest["table"], ruby["table"]) == ("Treasure", "Gems")
    assert [roll["formula"] for roll in chest["rolls"]] == ["2d6"]
    assert [(roll["formula"], roll["result"]) for roll in ruby["rolls"]] == [("1d1+6", 7)]


async def test_rows_come_as_often_as_they_weigh(table: Table) -> None:
    coin = await prepare(table, "Coin", (9, "heads"), (1, "edge"))
    dm = await table.sit("dm")

    texts = Counter([(await drawn(dm, coin))["rows"][0]["text"] for _ in range(100)])

    assert 75 < texts["heads"] < 100  # beyond it once in a million times


# Decks ---------------------------------------------------------------------------------------------


async def test_what_is_drawn_from_a_deck_stays_out_until_it_is_reset(table: Table) -> None:
    deck = await prepare(table, "Deck", "Sun", "Moon", "Star", with_replacement=False, players_may_draw=True)
    dm, alice = await table.sit("dm"), await table.sit("alice")

    first = [await drawn(alice, deck) for _ in range(3)]
    empty = await refusal(alice, "table_draw", deck.pk)
    await dm.said("table_reset", table_id=deck.pk)
    again = await drawn(alice, deck)

    assert sorted(draw["rows"][0]["text"] for draw in first) == ["Moon", "Star", "Sun"]
    assert [draw["rows"][0]["of"] for draw in first] == [3, 2, 1]
    assert isinstance(empty, Conflict)
    assert "Every row of “Deck” has been drawn" in empty.message
    assert again["rows"][0]["of"] == 3
    assert alice.heard("table_reset")[0]["table"] == {"id": deck.pk, "name": "Deck"}


async def test_a_command_sent_again_draws_once(table: Table) -> None:
    deck = await prepare(table, "Deck", "Sun", "Moon", with_replacement=False)
    dm = await table.sit("dm")

    first = await dm.said("table_draw", id="draw-1", table_id=deck.pk)
    again = await dm.said("table_draw", id="draw-1", table_id=deck.pk)

    assert (again.seq, again.duplicate) == (first.seq, True)
    assert await read(lambda: deck.rows.filter(drawn=True).count()) == 1


async def test_a_refused_draw_leaves_the_deck_as_it_was(table: Table) -> None:
    deck = await prepare(table, "Deck", "Sun", with_replacement=False)
    dm = await table.sit("dm")

    answer = await refusal(dm, "table_draw", deck.pk, character_id=10**6)

    assert isinstance(answer, NotFound)
    assert await read(lambda: deck.rows.filter(drawn=True).count()) == 0
    assert await table.log() == []


async def test_nobody_draws_the_same_card_however_many_draw_at_once(table: Table, start_engine: StartEngine) -> None:
    """On two server processes."""
    deck = await prepare(table, "Deck", *map(str, range(40)), with_replacement=False, players_may_draw=True)
    other = await start_engine()
    guests = [await table.sit("alice"), await table.sit("bob", engine=other), await table.sit("dm", engine=other)]

    answers = await asyncio.gather(*(guest.says("table_draw", table_id=deck.pk) for _ in range(15) for guest in guests))

    log = await table.log()
    cards = [json.loads(entry.data)["draw"]["rows"][0]["text"] for entry in log if entry.event == "table_draw"]
    assert sorted(cards, key=int) == list(map(str, range(40)))
    assert sum(isinstance(answer, Conflict) for answer in answers) == 5


async def test_an_empty_deck_behind_a_row_ends_the_draw(table: Table) -> None:
    deck = await prepare(table, "Deck", "Sun", with_replacement=False)
    fate = await prepare(table, "Fate", (1, "Draw a card.", deck))
    dm = await table.sit("dm")

    first, second = await drawn(dm, fate), await drawn(dm, fate)

    assert [row["text"] for row in first["rows"]] == ["Draw a card.", "Sun"]
    assert [row["text"] for row in second["rows"]] == ["Draw a card."]
    assert "ended_at" not in first
    assert second["ended_at"] == "Deck"


# Refusals ------------------------------------------------------------------------------------------


async def test_only_what_players_may_draw_from_is_there_for_them(table: Table) -> None:
    secret = await prepare(table, SECRET, SECRET)
    elsewhere = await read(lambda: make(Campaign.objects.create(name="Another"), "Open", "x", players_may_draw=True))
    dm, alice = await table.sit("dm"), await table.sit("alice")

    answers = [await refusal(alice, "table_draw", number) for number in (secret.pk, elsewhere.pk, 10**9)]
    of_dm = [await refusal(dm, event, elsewhere.pk) for event in ("table_draw", "table_reset")]

    assert all(isinstance(answer, NotFound) for answer in answers + of_dm)
    assert len({str(answer) for answer in answers + of_dm}) == 1
    assert isinstance(await refusal(alice, "table_reset", secret.pk), Forbidden)


async def test_a_table_without_rows_says_so(table: Table) -> None:
    empty = await prepare(table, "Rumours")
    dm = await table.sit("dm")

    assert str(await refusal(dm, "table_draw", empty.pk)) == "“Rumours” has no rows yet."
    assert isinstance(await refusal(dm, "table_reset", empty.pk), Invalid)


async def test_tables_that_lead_round_or_too_far_are_refused_whatever_falls(table: Table) -> None:
    one = await prepare(table, "One", (99, "often"), with_replacement=True)
    two = await prepare(table, "Two", (1, "seldom", one))
    await read(lambda: RollTableRow.objects.create(table=one, text="back", leads_to=two))
    chain: RollTable | None = None
    for depth in range(MAX_DEPTH + 1):
        rows = ["end"] if chain is None else [(1, "on", chain)]
        chain = await prepare(table, f"Chain {depth}", *rows)
    dm = await table.sit("dm")

    assert chain is not None
    assert "back to each other: “One” → “Two” → “One”" in str(await refusal(dm, "table_draw", one.pk))
    await read(lambda: RollTable.objects.filter(pk=one.pk).update(players_may_draw=True))
    to_alice = str(await refusal(await table.sit("alice"), "table_draw", one.pk))
    assert "One" in to_alice
    assert "Two" not in to_alice
    assert "At most 10 tables" in str(await refusal(dm, "table_draw", chain.pk))


@pytest.mark.parametrize("formula", ["1/(1d20<21)-1/0", "500d1!", "1d0"])
async def test_dice_that_cannot_be_rolled_stay_text(table: Table, formula: str) -> None:
    """A refusal would come again and again, and tell what was drawn."""
    rumours = await prepare(table, "Rumours", f"[[1d1]] and [[{formula}]] and [[1d1]]")
    dm = await table.sit("dm")

    (row,) = (await drawn(dm, rumours))["rows"]

    assert [roll["formula"] for roll in row.get("rolls", [])] in ([], ["1d1"])


# What stays hidden ----------------------------------------------------------------------------------


async def test_players_hear_of_a_reset_where_they_may_draw(table: Table) -> None:
    deck = await prepare(table, SECRET, "Sun", with_replacement=False)
    dm, alice = await table.sit("dm"), await table.sit("alice")

    await drawn(dm, deck, visibility="self")
    reset = await dm.said("table_reset", table_id=deck.pk)
    await alice.hears(reset.seq)

    assert SECRET not in json.dumps(alice.frames)
    assert dm.heard("table_reset")


async def test_a_draw_stays_readable_when_its_table_is_gone(table: Table) -> None:
    rumours = await prepare(table, "Rumours", "It is haunted.")
    dm = await table.sit("dm")
    draw = await drawn(dm, rumours)

    await read(rumours.delete)

    snapshot = (await table.guest("carol").join())["snapshot"]
    assert snapshot["events"][-1]["data"]["draw"] == draw
