"""What is asked of a table whose dice are checked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from rest_framework.test import APIClient

from accounts.tokens import access_token
from game.dice.fairness import seeds
from game.dice.fairness.models import Fairness
from game.dice.luck import luck_of
from game.dice.rules.fairness import export
from game.dice.rules.fairness.verify import Finding, Verdict, verify
from game.engine.log import audience
from game.engine.log.storage import storage
from game.engine.log.writer import Batch
from game.engine.readers import read
from game.protocol import Audience, encode
from tests.dice.rules.evening import wire
from tests.engine.table import ROLES, Guest, Logged, Table


def download(table: Table, name: str | None, **query: Any) -> Any:
    """The answer to a member who asks for the export."""
    api = APIClient()
    if name is not None:
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token(table.users[name])}")
    return api.get(f"/api/sessions/{table.session.pk}/fairness/", query)


async def seen_over_rest(table: Table, name: str) -> Any:
    """The whole history as this member gets it, and what the luck pages count for them."""
    user, role = table.users[name], ROLES[name]

    def look() -> list[Any]:
        api = APIClient()
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {access_token(user)}")
        history = api.get(f"/api/sessions/{table.session.pk}/events/", {"limit": 5000}).json()
        counted = luck_of([table.session.pk], user.pk, role)
        return [history, [(player.name, [values for _, values in player.thrown.values()]) for player in counted]]

    return await read(look)


async def exported(table: Table, name: str, **query: Any) -> dict[str, Any]:
    """The export as this member gets it."""
    answer = await read(lambda: download(table, name, **query))
    assert answer.status_code == 200, answer.content
    return export.read(answer.content.decode())


async def verified(table: Table, name: str) -> dict[Verdict, int]:
    """How many of each verdict the export of this member comes to."""
    found: list[Finding] = verify(await exported(table, name))
    return {verdict: sum(finding.verdict is verdict for finding in found) for verdict in Verdict}


async def begin(table: Table, *names: str) -> list[Guest]:
    """These join, the first asks for a secret, and each adds a seed."""
    guests = [await table.sit(name) for name in names]
    await guests[0].said("fairness_rotate")
    for guest in guests:
        await guest.said("seed_set", seed=f"seed of {guest.socket.seat.player.username}")
    return guests


async def rotate(table: Table, guest: Guest) -> Logged:
    """Reveal, the pause being over."""
    await read(lambda: Fairness.objects.update(rotated_at=F("rotated_at") - timedelta(minutes=1)))
    return await guest.said("fairness_rotate")


async def secrets(table: Table) -> Fairness:
    """What only the server knows."""
    return await read(lambda: Fairness.objects.get(pk=table.session.pk))


async def roll_hidden(table: Table, roller: Guest, formula: str, seen_by: Audience) -> int:
    """A roll that only some may see; its seq. Found by the sweep."""
    return await read(_roll_hidden, table.session.pk, roller, formula, seen_by)


def _roll_hidden(session_id: int, roller: Guest, formula: str, seen_by: Audience) -> int:
    with transaction.atomic():
        batch = Batch(storage(), [])
        batch.open([session_id])
        row = batch.rows[session_id]
        with seeds.rolling(batch, row, formula) as rolling:
            rolled, proof = rolling.roll(formula, hidden=True)
        roll = wire(formula, rolled, visibility="dm", proof=proof)
        data = encode({"player": roller.socket.seat.player, "roll": roll, "timestamp": batch.stamp})
        batch.append(row, "dice_roll", data, audience.stored([seen_by]))
        batch.flush()
        return row.seq
