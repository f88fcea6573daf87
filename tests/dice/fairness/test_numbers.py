"""Each roll has its number once, whatever is refused, sent again, shared or lost."""

from __future__ import annotations

import asyncio

from game.dice.fairness.models import Fairness
from game.dice.rules.fairness.chance import Chance
from game.dice.rules.fairness.verify import Verdict
from game.engine.commands import Outcome
from game.engine.log.durability import new_epochs
from game.engine.readers import read
from game.errors import Invalid
from tests.dice.fairness.table import begin, secrets, verified
from tests.engine.conftest import StartEngine
from tests.engine.table import Table


async def test_a_refused_roll_takes_no_number(table: Table) -> None:
    (alice,) = await begin(table, "alice")

    assert isinstance(await alice.says("dice_roll", formula="1d20/(1d1-1)"), Invalid)
    said = await alice.said("dice_roll", formula="1d20")
    await alice.hears(said.seq)

    assert alice.heard("dice_roll")[0]["roll"]["proof"]["n"] == 1


async def test_a_refusal_says_nothing_of_the_next_dice(table: Table) -> None:
    """Otherwise a player could probe with a formula that some dice make impossible, and know what comes next."""
    (alice,) = await begin(table, "alice")
    probe, asked = "20d100/(1d1-1)", "20d100"
    assert isinstance(await alice.says("dice_roll", formula=probe), Invalid)
    said = await alice.said("dice_roll", formula=asked)
    await alice.hears(said.seq)

    def fall(words: str) -> list[int]:
        chance = Chance(bytes.fromhex(known.server_seed), table.session.pk, 1, words, seeds)
        return [chance.randbelow(100) + 1 for _ in range(20)]

    known, seeds = await secrets(table), {table.users["alice"].pk: "seed of alice"}
    assert alice.heard("dice_roll")[0]["roll"]["rolls"] == fall(asked) != fall(probe)


async def test_a_refused_first_roll_commits_to_nothing(table: Table) -> None:
    alice = await table.sit("alice")

    assert isinstance(await alice.says("dice_roll", formula="1d20/(1d1-1)"), Invalid)

    assert await table.log() == []
    assert not await read(lambda: Fairness.objects.exists())


async def test_a_roll_sent_again_is_the_same_roll(table: Table) -> None:
    (alice,) = await begin(table, "alice")

    first = await alice.said("dice_roll", id="k", formula="1d1000")
    again = await alice.said("dice_roll", id="k", formula="1d1000")

    assert (again.seq, again.duplicate) == (first.seq, True)
    assert (await secrets(table)).rolls == 1


async def test_several_server_processes_share_one_count(table: Table, start_engine: StartEngine) -> None:
    (alice,) = await begin(table, "alice")
    bob = await table.sit("bob", engine=await start_engine())

    answers = await asyncio.gather(*(guest.says("dice_roll", formula="1d20") for guest in (alice, bob) * 10))
    last = max(said.seq or 0 for said in answers if isinstance(said, Outcome))
    await alice.hears(last)

    assert sorted(frame["roll"]["proof"]["n"] for frame in alice.heard("dice_roll")) == list(range(1, 21))


async def test_after_a_lost_end_who_joins_hears_of_no_seed_that_is_thrown_away(table: Table) -> None:
    await begin(table, "alice")
    await read(new_epochs)
    back = table.guest("alice")

    assert (await back.join())["snapshot"]["fairness"] is None

    await back.said("fairness_rotate")
    assert (await table.guest("bob").join())["snapshot"]["fairness"]["rotation"] == 3


async def test_a_log_that_lost_its_end_never_rolls_a_number_again(table: Table) -> None:
    (alice,) = await begin(table, "alice")
    await alice.said("dice_roll", formula="1d20")
    before = await secrets(table)
    await read(new_epochs)

    await alice.said("dice_roll", formula="1d20")

    after = await secrets(table)
    assert not {before.server_seed, before.next_server_seed} & {after.server_seed, after.next_server_seed}
    assert after.rotation == before.rotation + 2
    assert not (await verified(table, "alice"))[Verdict.FALSE]
