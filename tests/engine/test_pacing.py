"""Many who come at once pass one after another, and what else there is to do is done in between."""

import asyncio
from itertools import pairwise

import pytest

from game.engine.sockets.pacing import Pacing

pytestmark = pytest.mark.timeout(10)  # what is broken here lets nobody pass


async def test_a_few_pass_at_each_turn_and_others_get_theirs_in_between() -> None:
    loop = asyncio.get_running_loop()
    turnstile = Pacing(loop, 2)
    passed: list[int] = []
    seen: list[int] = []

    async def pass_through(number: int) -> None:
        await turnstile.passed()
        passed.append(number)

    crowd = [asyncio.create_task(pass_through(number)) for number in range(20)]
    while len(passed) < 20:
        seen.append(len(passed))
        await asyncio.sleep(0)
    await asyncio.gather(*crowd)
    assert passed == list(range(20))
    assert max(after - before for before, after in pairwise(seen)) <= 2


async def test_who_gives_up_in_the_queue_holds_up_nobody() -> None:
    turnstile = Pacing(asyncio.get_running_loop(), 1)
    impatient = asyncio.create_task(turnstile.passed())
    patient = asyncio.create_task(turnstile.passed())
    await asyncio.sleep(0)
    impatient.cancel()
    await patient
    assert impatient.cancelled()


async def test_it_turns_again_after_it_stood_still() -> None:
    turnstile = Pacing(asyncio.get_running_loop(), 1)
    await turnstile.passed()
    await turnstile.passed()
