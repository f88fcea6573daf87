"""Examples of the events of roll tables."""

from typing import Any

from game.engine.models import Session
from game.engine.readers import read
from game.roll_tables.models import RollTable, RollTableRow
from tests.dice.examples import commit_to_seeds
from tests.engine.table import Guest
from tests.support.examples import Examples

DRAW = {"table_id": 1, "visibility": "public", "character_id": None}


async def a_deck(guest: Guest, example: dict[str, Any]) -> dict[str, Any]:
    """A roll table that anybody may draw from, with a row that is drawn already."""
    await commit_to_seeds(guest)  # else that stands in the log before the first draw
    return example | {"table_id": await read(_make_deck, guest.socket.session_id)}


def _make_deck(session_id: int) -> int:
    campaign = Session.objects.get(pk=session_id).campaign
    name = f"Deck {campaign.roll_tables.count()}"
    deck = RollTable.objects.create(campaign=campaign, name=name, with_replacement=False, players_may_draw=True)
    for drawn in (True, False):
        RollTableRow.objects.create(table=deck, text="The Tower", drawn=drawn)
    return deck.pk


async def reveal_a_draw(dm: Guest) -> None:
    """Draw in hiding, and show it."""
    hidden = await dm.said("table_draw", **await a_deck(dm, DRAW) | {"visibility": "self"})
    await dm.said("roll_reveal", seq=hidden.seq)


EXAMPLES = Examples(
    {"table_draw": DRAW, "table_reset": {"table_id": 1}},
    prepare={"table_draw": a_deck, "table_reset": a_deck},
    comes_about={"draw_revealed": reveal_a_draw},
)
