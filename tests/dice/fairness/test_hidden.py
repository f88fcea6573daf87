"""Hidden rolls at a running table: proved to whom they are shown, and to nobody else."""

from __future__ import annotations

import json
from functools import partial

import pytest

from game.dice.fairness.models import Fairness
from game.dice.rules import dice
from game.dice.rules.fairness.chance import Chance
from game.dice.rules.fairness.commitments import HIDDEN_ROLLS, hidden_path
from game.dice.rules.fairness.verify import Verdict
from game.engine.models import Session
from game.engine.readers import read
from game.protocol import Audience
from game.roles import Role
from game.sessions.ending import end, reopen
from tests.dice.fairness.table import begin, download, exported, roll_hidden, rotate, secrets, seen_over_rest, verified
from tests.engine.table import Table

DM_ONLY = Audience(Role.DM)


async def test_a_hidden_roll_is_proved_to_whom_it_is_shown_and_to_nobody_else(table: Table) -> None:
    dm, alice = await begin(table, "dm", "alice")
    await alice.said("dice_roll", formula="1d20")
    await roll_hidden(table, dm, "3d6", DM_ONLY)

    assert (await verified(table, "dm"))[Verdict.PROVED] == 1
    assert (await verified(table, "alice"))[Verdict.PROVED] == 0
    assert not (await verified(table, "alice"))[Verdict.FALSE]


async def test_what_a_player_receives_does_not_give_a_hidden_roll_away(quick_poll: None, table: Table) -> None:
    """Everything that reached alice, the revealed seeds and the keys of her own hidden rolls, against the DM's roll."""
    dm, alice = await begin(table, "dm", "alice")
    mine = Audience(Role.DM, (table.users["alice"].pk,))
    await roll_hidden(table, alice, "20d100", mine)
    hidden = await roll_hidden(table, dm, "20d100", DM_ONLY)
    await roll_hidden(table, alice, "20d100", mine)
    known = await secrets(table)
    await alice.said("dice_roll", formula="20d100")
    await rotate(table, alice)
    await read(end, table.session.pk)
    await alice.hears((await table.log())[-1].seq)

    received = json.dumps([alice.frames, await exported(table, "alice")])
    entry = next(entry for entry in await table.log() if entry.seq == hidden)
    roll = json.loads(entry.data)["roll"]
    assert known.server_seed in received  # revealed
    for secret in (known.hidden_seed, known.next_hidden_seed, roll["proof"]["key"], json.dumps(roll["rolls"])):
        assert secret not in received
    # Every key that she knows, with every number: none of them rolls what the DM rolled.
    keys = {known.server_seed, *(k for frame in alice.heard("dice_roll") for k in [frame["roll"]["proof"].get("key")])}
    seeds = {table.users[name].pk: f"seed of {name}" for name in ("dm", "alice")}
    for key in keys - {None}:
        for number in range(1, 50):
            chance = Chance(bytes.fromhex(key), table.session.pk, number, "20d100", seeds)
            assert list(dice.roll("20d100", chance.randbelow).rolls) != roll["rolls"]
    # The neighbours on her paths hide the DM's key behind its hash.
    assert roll["proof"]["key"] not in hidden_path(bytes.fromhex(known.hidden_seed), 1)


@pytest.mark.parametrize(
    ("visibility", "provers"),
    [("public", set()), ("dm", {"dm", "alice"}), ("blind", {"dm"}), ("self", {"alice"})],
)
async def test_each_visibility_is_proved_to_those_who_see_the_roll(
    table: Table, visibility: str, provers: set[str]
) -> None:
    (alice,) = await begin(table, "alice")
    await alice.said("dice_roll", formula="1d20", visibility=visibility)

    found = {name: await verified(table, name) for name in ("dm", "alice", "bob", "carol")}

    assert {name for name, verdicts in found.items() if verdicts[Verdict.PROVED]} == provers
    assert not any(verdicts[Verdict.FALSE] for verdicts in found.values())


async def test_a_reveal_gives_away_no_other_hidden_roll(table: Table) -> None:
    """Everything that alice and carol get in any way, after the seeds came out and one of several was revealed."""
    dm, alice, bob = await begin(table, "dm", "alice", "bob")
    carol = await table.sit("carol")
    formula = "30d100"
    hidden = {
        "dm's": await dm.said("dice_roll", formula=formula, visibility="dm"),
        "blind": await alice.said("dice_roll", formula=formula, visibility="blind"),
        "bob's": await bob.said("dice_roll", formula=formula, visibility="self"),
    }
    shown = await dm.said("dice_roll", formula=formula, visibility="dm")
    known = await secrets(table)
    await alice.said("dice_roll", formula=formula)
    await rotate(table, bob)
    await dm.said("roll_reveal", seq=shown.seq)
    await read(end, table.session.pk)
    await read(reopen, table.session.pk)
    log = await table.log()
    await alice.hears(log[-1].seq)
    await carol.hears(log[-1].seq)

    entries = {entry.seq: json.loads(entry.data)["roll"] for entry in log if entry.event == "dice_roll"}
    for guest, name in ((alice, "alice"), (carol, "carol")):
        fresh = table.guest(name)
        await fresh.join()
        received = json.dumps(
            [guest.frames, fresh.frames, await exported(table, name), await seen_over_rest(table, name)]
        )
        assert entries[shown.seq]["proof"]["key"] in received
        for secret in (known.hidden_seed, known.next_hidden_seed):
            assert secret not in received
        for said in hidden.values():
            assert entries[said.seq]["proof"]["key"] not in received
            assert json.dumps(entries[said.seq]["rolls"])[1:-1] not in received
            assert (await read(partial(download, table, name, roll=said.seq))).status_code == 404


async def test_a_blind_roll_is_proved_to_its_roller_once_it_is_revealed(table: Table) -> None:
    dm, alice = await begin(table, "dm", "alice")
    blind = await alice.said("dice_roll", formula="2d6", visibility="blind")
    assert not (await verified(table, "alice"))[Verdict.PROVED]

    await dm.said("roll_reveal", seq=blind.seq)

    assert (await verified(table, "alice"))[Verdict.PROVED] == 1


async def test_a_revealed_roll_is_proved_to_everybody(table: Table) -> None:
    dm, _ = await begin(table, "dm", "alice")
    hidden = await dm.said("dice_roll", formula="2d6", visibility="dm")
    await dm.said("roll_reveal", seq=hidden.seq)

    assert (await verified(table, "carol"))[Verdict.PROVED] == 1


async def test_rolls_in_a_sentence_are_proved_and_what_is_none_takes_no_number(table: Table) -> None:
    (alice,) = await begin(table, "alice")
    await alice.said("chat_message", message="[[1d20+5]] and [[nothing]] for [[2d6]]")
    await alice.said("dice_roll", formula="1d4")
    await read(end, table.session.pk)

    found = await verified(table, "carol")

    assert (found[Verdict.PROVED], found[Verdict.FALSE]) == (3, 0)


async def test_nothing_is_rolled_with_a_seed_that_is_out(table: Table) -> None:
    """However the session came to go on."""
    (alice,) = await begin(table, "alice")
    await alice.said("dice_roll", formula="1d20")
    await read(end, table.session.pk)
    await read(lambda: Session.objects.update(ended_at=None))

    await alice.said("dice_roll", formula="1d20")

    known = await secrets(table)
    assert (known.rotation, known.revealed, known.rolls) == (2, False, 1)
    assert not (await verified(table, "alice"))[Verdict.FALSE]


async def test_when_the_hidden_keys_are_used_up_the_next_server_seed_takes_over(table: Table) -> None:
    (dm,) = await begin(table, "dm")
    await read(lambda: Fairness.objects.update(hidden_rolls=HIDDEN_ROLLS))

    await roll_hidden(table, dm, "1d20", DM_ONLY)

    known = await secrets(table)
    assert (known.rotation, known.hidden_rolls) == (2, 1)
    assert [entry.event for entry in await table.log()][-2:] == ["fairness_commit", "dice_roll"]
    found = await verified(table, "dm")
    assert (found[Verdict.PROVED], found[Verdict.FALSE]) == (1, 0)
