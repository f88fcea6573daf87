"""A draw is a roll that can be proved: in the export, to those who see it, and a lie is found out."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from game.dice.fairness.models import Fairness
from game.dice.rules.fairness import export
from game.dice.rules.fairness.commitments import HIDDEN_ROLLS
from game.dice.rules.fairness.verify import Verdict, verify
from game.engine.readers import read
from tests.dice.fairness.table import begin, download, exported, rotate, verified
from tests.engine.table import Table
from tests.roll_tables.tables import drawn, prepare


async def test_draws_are_proved_among_the_rolls(table: Table) -> None:
    dm, alice = await begin(table, "dm", "alice")
    gems = await prepare(table, "Gems", "[[4d6kh3]] rubies", "[[1d100]] pearls", with_replacement=False)
    treasure = await prepare(table, "Treasure", (5, "A chest of [[2d6]]", gems), players_may_draw=True)
    await alice.said("dice_roll", formula="1d20")
    await alice.said("table_draw", table_id=treasure.pk)
    await dm.said("table_draw", table_id=treasure.pk, visibility="dm")
    await alice.said("chat_message", message="[[1d20]]")
    await rotate(table, alice)

    of_dm, of_alice = await verified(table, "dm"), await verified(table, "alice")

    assert (of_dm[Verdict.PROVED], of_dm[Verdict.FALSE]) == (4, 0)
    assert (of_alice[Verdict.PROVED], of_alice[Verdict.FALSE]) == (3, 0)


@pytest.mark.parametrize(
    ("visibility", "provers"),
    [("public", set()), ("dm", {"dm", "alice"}), ("blind", {"dm"}), ("self", {"alice"})],
)
async def test_each_visibility_is_proved_to_those_who_see_the_draw(
    table: Table, visibility: str, provers: set[str]
) -> None:
    (alice,) = await begin(table, "alice")
    rumours = await prepare(table, "Rumours", "It is haunted.", "It is not.", players_may_draw=True)
    seq = (await alice.said("table_draw", table_id=rumours.pk, visibility=visibility)).seq

    found = {name: await verified(table, name) for name in ("dm", "alice", "bob", "carol")}
    seen = {name: (await read(download, table, name, roll=seq)).status_code for name in found}

    assert {name for name, verdicts in found.items() if verdicts[Verdict.PROVED]} == provers
    assert {name for name, status in seen.items() if status == 200} == (provers or set(found))
    assert not any(verdicts[Verdict.FALSE] for verdicts in found.values())


LIES: dict[str, Callable[[dict[str, Any]], None]] = {
    "another number": lambda draw: draw["rows"][0].update(number=draw["rows"][0]["number"] % 50 + 1),
    "another number further on": lambda draw: draw["rows"][1].update(number=draw["rows"][1]["number"] % 50 + 1),
    "another die": lambda draw: draw["rows"][0].update(of=4_000_000),
    "no rows": lambda draw: draw.update(rows=[]),
    "another table": lambda draw: draw["table"].update(id=draw["table"]["id"] + 1),
    "another total": lambda draw: draw["rows"][0]["rolls"][0].update(result=1),
    "other dice": lambda draw: draw["rows"][0]["rolls"][0].update(rolls=[0]),
    "no dice": lambda draw: draw["rows"][0].update(rolls=[]),
    "other dice in the text": lambda draw: draw["rows"][0].update(text="[[1d20]]"),
    "not an integer": lambda draw: draw["rows"][0].update(of="50"),
    "a row that is none": lambda draw: draw["rows"].append(7),
    "as if it were hidden": lambda draw: draw.update(visibility="dm"),
    "another roll's number": lambda draw: draw["proof"].update(n=2),
}


@pytest.mark.parametrize("lie", LIES)
async def test_a_lie_about_a_draw_is_found_out(table: Table, lie: str) -> None:
    (dm,) = await begin(table, "dm")
    more = await prepare(table, "More", *(f"[[1d100]] {number}" for number in range(50)))
    rumours = await prepare(table, "Rumours", *((1, f"[[1d100]] {number}", more) for number in range(50)))
    await dm.said("table_draw", table_id=rumours.pk)
    await rotate(table, dm)
    content = await exported(table, "dm")
    assert not [finding for finding in verify(content) if finding.verdict is Verdict.FALSE]

    told = copy.deepcopy(content)
    draw = next(draw for event in told["events"] if (draw := export.draw_of(event)) is not None)
    LIES[lie](draw)

    assert any(finding.verdict is Verdict.FALSE for finding in verify(told))


async def test_the_last_hidden_key_is_enough_for_a_whole_trail(table: Table) -> None:
    (dm,) = await begin(table, "dm")
    more = await prepare(table, "More", "[[1d6]]")
    rumours = await prepare(table, "Rumours", (1, "[[1d6]]", more))
    await dm.said("table_draw", table_id=rumours.pk, visibility="self")
    await read(lambda: Fairness.objects.update(hidden_rolls=HIDDEN_ROLLS - 1))
    for _ in range(2):
        await dm.said("table_draw", table_id=rumours.pk, visibility="self")

    found = await verified(table, "dm")

    assert (found[Verdict.PROVED], found[Verdict.FALSE]) == (3, 0)


async def test_a_hidden_draw_is_shown_to_all_and_stays_proved(table: Table) -> None:
    (alice,) = await begin(table, "alice")
    rumours = await prepare(table, "Rumours", "It is haunted.", players_may_draw=True)
    bob = await table.sit("bob")
    draw = await drawn(alice, rumours, visibility="self")

    seq = alice.seqs[-1]
    await alice.said("roll_reveal", seq=seq)
    await bob.until(lambda: bool(bob.heard("draw_revealed")), "heard the reveal")

    told = bob.heard("draw_revealed")[0]
    assert (told["seq"], told["draw"]) == (seq, draw | {"revealed": True})
    assert (await verified(table, "bob"))[Verdict.PROVED] == 1
    assert (await alice.said("roll_reveal", seq=seq)).duplicate
