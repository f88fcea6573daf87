"""A command is carried out once, however often it comes."""

import asyncio

from game.engine.commands import Outcome
from game.errors import Refused
from tests.engine.table import Guest, Table


async def test_a_repeated_command_is_carried_out_once(table: Table) -> None:
    alice = await table.sit("alice")

    at_once = await asyncio.gather(*(alice.says("dice_roll", id="k", formula="1d1000") for _ in range(3)))
    later = await alice.said("dice_roll", id="k", formula="1d1000")

    # The first roll of a session comes behind a commitment to its dice.
    assert [*at_once, later] == [Outcome(2, duplicate=False), *[Outcome(2, duplicate=True)] * 3]
    assert [entry.command_id for entry in await table.log()] == [None, "k"]


async def test_a_key_is_its_authors_own(table: Table) -> None:
    alice, bob = await table.sit("alice"), await table.sit("bob")

    await alice.said("chat_message", id="k", message="from alice")
    said = await bob.said("chat_message", id="k", message="from bob")

    assert not said.duplicate
    assert len(await table.log()) == 2


async def test_a_refused_command_leaves_its_key_free(table: Table) -> None:
    alice = await table.sit("alice")

    refused = await alice.says("dice_roll", id="k", formula="1d6", result=7, rolls=[7])
    said = await alice.said("dice_roll", id="k", formula="1d6")

    assert isinstance(refused, Refused)
    assert not said.duplicate


async def test_nothing_is_answered_before_it_is_in_the_log(table: Table) -> None:
    alice: Guest = await table.sit("alice")

    for number in range(1, 4):
        said = await alice.said("chat_message", message=str(number))
        assert [entry.seq for entry in await table.log()] == list(range(1, said.seq + 1))
