"""Seeds at a running table: published before, contributed by everybody, revealed at last; and never sooner."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib import admin

from game.dice.fairness.models import Fairness
from game.dice.rules import dice
from game.dice.rules.fairness.chance import Chance
from game.dice.rules.fairness.commitments import commitment, hidden_root
from game.dice.rules.fairness.verify import Verdict
from game.engine.readers import read
from game.errors import Conflict, Forbidden, RateLimited
from game.sessions.ending import end, reopen
from tests.dice.fairness.table import begin, exported, rotate, secrets, verified
from tests.engine.table import Table


async def test_a_session_is_proved_after_its_end(table: Table) -> None:
    alice, bob = await begin(table, "alice", "bob")
    for formula in ("1d20+5", "4d6kh3 x6", "10d10!>=8"):
        await alice.said("dice_roll", formula=formula)
    await bob.said("dice_roll", formula="2d6", result=7, rolls=[3, 4])
    await read(end, table.session.pk)

    found = await verified(table, "carol")

    assert (found[Verdict.PROVED], found[Verdict.BY_HAND]) == (3, 1)
    assert not found[Verdict.FALSE]
    assert not found[Verdict.OPEN]


async def test_rolls_over_several_server_seeds_and_a_reopening_are_proved(table: Table) -> None:
    alice, bob = await begin(table, "alice", "bob")
    for _ in range(3):
        await alice.said("dice_roll", formula="3d6")
        await rotate(table, bob)
        await alice.said("seed_set", seed="another")
        await bob.said("dice_roll", formula="1d20 adv")
    await read(end, table.session.pk)
    await read(reopen, table.session.pk)
    await alice.said("dice_roll", formula="1d100")

    found = await verified(table, "alice")

    assert (found[Verdict.PROVED], found[Verdict.OPEN], found[Verdict.FALSE]) == (6, 1, 0)


async def test_the_seed_is_committed_to_before_anybody_contributes(table: Table) -> None:
    (alice,) = await begin(table, "alice")
    await alice.said("dice_roll", formula="1d20")
    await alice.hears(3)
    published = alice.heard("fairness_rotate")[0]["fairness"]
    known = await secrets(table)

    assert published["revealed"] is None
    assert [one["hash"] for one in published["commitments"]] == [
        commitment(bytes.fromhex(known.server_seed)),
        commitment(bytes.fromhex(known.next_server_seed)),
    ]
    assert published["commitments"][0]["hidden"] == hidden_root(bytes.fromhex(known.hidden_seed))


async def test_who_rolls_without_asking_gets_a_commitment_all_the_same(table: Table) -> None:
    alice = await table.sit("alice")

    await alice.said("dice_roll", formula="1d20")

    assert [entry.event for entry in await table.log()] == ["fairness_commit", "dice_roll"]
    assert (await verified(table, "alice"))[Verdict.OPEN] == 1


async def test_a_rotation_reveals_the_seed_that_was_committed_to(table: Table) -> None:
    alice, bob = await begin(table, "alice", "bob")
    first = (await secrets(table)).server_seed
    await alice.said("dice_roll", formula="1d20")

    said = await rotate(table, bob)
    await alice.hears(said.seq)

    opened, changed = (frame["fairness"] for frame in alice.heard("fairness_rotate"))
    assert changed["revealed"] == {"rotation": 1, "seed": first, "rolls": 1}
    assert commitment(bytes.fromhex(first)) == opened["commitments"][0]["hash"]
    assert changed["rotation"] == 2
    assert [one["rotation"] for one in changed["commitments"]] == [3]


async def test_seeds_stay_in_force_where_the_server_could_not_know_them(table: Table) -> None:
    alice, bob = await begin(table, "alice", "bob")
    await alice.said("dice_roll", formula="1d20")
    await rotate(table, bob)  # to seed 2, committed to before anybody contributed
    second = await alice.said("dice_roll", formula="1d20")
    await alice.said("seed_set", seed="another")
    await rotate(table, bob)  # to seed 3, committed to when bob's seed was known
    third = await alice.said("dice_roll", formula="1d20")
    await alice.hears(third.seq)

    counted = {frame["seq"]: frame["data"]["roll"]["proof"]["seeds"] for frame in alice.frames if is_roll(frame)}
    assert counted[second.seq] == [2, 3]
    assert counted[third.seq] == [second.seq + 1]


def is_roll(frame: dict[str, Any]) -> bool:
    return bool(frame["event"] == "dice_roll")


async def test_a_seed_before_any_commitment_counts_for_nothing(table: Table) -> None:
    alice = await table.sit("alice")
    await alice.said("seed_set", seed="too early")

    said = await alice.said("dice_roll", formula="1d20")
    await alice.hears(said.seq)

    assert alice.heard("dice_roll")[0]["roll"]["proof"]["seeds"] == []


async def test_the_faces_follow_from_the_seeds(table: Table) -> None:
    _alice, bob = await begin(table, "alice", "bob")
    said = await bob.said("dice_roll", formula="8d100")
    await bob.hears(said.seq)
    known = await secrets(table)

    seeds = {table.users[name].pk: f"seed of {name}" for name in ("alice", "bob")}
    chance = Chance(bytes.fromhex(known.server_seed), table.session.pk, 1, "8d100", seeds)
    assert bob.heard("dice_roll")[0]["roll"]["rolls"] == list(dice.roll("8d100", chance.randbelow).rolls)


# Who may, and when ----------------------------------------------------------------------------------


async def test_a_spectator_neither_contributes_nor_rotates(table: Table) -> None:
    carol = await table.sit("carol")

    assert isinstance(await carol.says("seed_set", seed="mine"), Forbidden)
    assert isinstance(await carol.says("fairness_rotate"), Forbidden)


async def test_a_seed_that_nothing_was_rolled_with_stays(table: Table) -> None:
    (alice,) = await begin(table, "alice")

    assert isinstance(await alice.says("fairness_rotate"), Conflict)


async def test_rotations_are_not_to_be_had_at_once(table: Table) -> None:
    (alice,) = await begin(table, "alice")
    await alice.said("dice_roll", formula="1d20")
    await alice.said("fairness_rotate")
    await alice.said("dice_roll", formula="1d20")

    refused = await alice.says("fairness_rotate")

    assert isinstance(refused, RateLimited)
    assert 0 < (refused.retry_after or 0) <= 10


# Secrets ------------------------------------------------------------------------------------------


async def test_no_secret_reaches_anybody_before_it_is_revealed(
    quick_poll: None, table: Table, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    dm, alice = await begin(table, "dm", "alice")
    await alice.said("dice_roll", formula="1d20")
    fresh = table.guest("dm")
    await fresh.join()
    known = await secrets(table)

    seen = json.dumps([dm.frames, alice.frames, fresh.frames, await exported(table, "dm")]) + caplog.text + repr(known)
    for secret in (known.server_seed, known.next_server_seed, known.hidden_seed, known.next_hidden_seed):
        assert secret not in seen


def test_the_admin_does_not_have_it() -> None:
    assert Fairness not in admin.site._registry
