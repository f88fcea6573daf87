"""Examples of the events of dice."""

from typing import Any

from django.db import transaction

from game.dice.fairness.seeds import rolling
from game.engine.log.storage import storage
from game.engine.log.writer import Batch
from game.engine.readers import read
from tests.engine.table import Guest
from tests.support.examples import Examples

ROLL: dict[str, Any] = {
    "formula": "2d6 + 1",
    "result": 8,
    "rolls": [3, 4],
    "modifier": 1,
    "visibility": "public",
    "reason": "Stealth",
    "character_id": None,
}


async def a_hidden_roll(guest: Guest, example: dict[str, Any]) -> dict[str, Any]:
    """One of this guest's own, to reveal."""
    return example | {"seq": (await guest.said("dice_roll", **ROLL | {"visibility": "self"})).seq}


async def commit_to_seeds(guest: Guest) -> None:
    """What comes before a first roll, without the roll."""
    await read(_commit, guest.socket.session_id)


def _commit(session_id: int) -> None:
    with transaction.atomic():
        batch = Batch(storage(), [])
        batch.open([session_id])
        with rolling(batch, batch.rows[session_id], "1d20"):
            pass
        batch.flush()


EXAMPLES = Examples(
    {
        "dice_roll": ROLL,
        "fairness_rotate": {},
        "roll_reveal": {"seq": 1},
        "seed_set": {"seed": "swordfish"},
    },
    prepare={"roll_reveal": a_hidden_roll},
    comes_about={"fairness_commit": commit_to_seeds},
    once=frozenset({"fairness_rotate"}),
)
