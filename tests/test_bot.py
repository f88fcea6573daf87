"""The bot of the documentation plays along."""

import asyncio
import sys
from pathlib import Path

from tests.support.table import Rooms

BOT = Path(__file__).resolve().parent.parent / "docs" / "bot.py"


async def test_the_bot_of_the_docs_rolls_for_whoever_asks(unlimited_rooms: Rooms) -> None:
    async with unlimited_rooms.take() as table:
        alice = await table.sit("alice")
        bot = await asyncio.create_subprocess_exec(sys.executable, BOT, table.url, table.tokens["bob"])
        try:
            await alice.expect("player_joined")
            await alice.sends_acked("chat_message", {"message": "!roll 2d6+1"})

            roll = await alice.expect("dice_roll")
        finally:
            bot.terminate()
            await bot.wait()

    assert roll["player"]["username"] != "alice"
    assert (roll["roll"]["formula"], roll["roll"]["source"]) == ("2d6+1", "server")


async def test_the_bot_gives_up_when_its_token_is_refused(unlimited_rooms: Rooms) -> None:
    async with unlimited_rooms.take() as table:
        bot = await asyncio.create_subprocess_exec(
            sys.executable, BOT, table.url, "nonsense", stderr=asyncio.subprocess.PIPE
        )
        _, said = await asyncio.wait_for(bot.communicate(), 20)

    assert (bot.returncode, said) == (1, b"Invalid token\n")
