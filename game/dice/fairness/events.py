"""What players do to make sure that nobody chose the dice."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from msgspec import Meta, Struct

from game.dice.fairness import seeds
from game.dice.fairness.seeds import FairnessChange
from game.engine.commands import Play
from game.errors import Conflict, RateLimited
from game.protocol import Player, event

PAUSE = timedelta(seconds=10)  # between two rotations


class SeedSet(Struct, frozen=True):
    """Somebody added a seed to the dice."""

    player: Player
    seed: str
    timestamp: str


@event("seed_set", refusal="Spectators can't add a seed", writes=True, plays=False)
def set_seed(play: Play, seed: Annotated[str, Meta(min_length=1, max_length=64)]) -> SeedSet:
    """Add a seed to the dice, or replace yours; see docs/fairness.md.

    It counts with the secrets that the server has committed to by then, and with none before the first commitment.
    """
    known = seeds.of(play.session_id)
    if known is not None:
        known.client_seeds[str(play.seat.user_id)] = [play.row.seq + 1, seed]
        known.save(update_fields=["client_seeds"])
    return SeedSet(play.player, seed, play.timestamp)


class FairnessRotate(Struct, frozen=True):
    """Somebody asked for a new secret, and the one in use is revealed."""

    player: Player
    fairness: FairnessChange
    timestamp: str


@event("fairness_rotate", refusal="Spectators can't ask for a new secret", writes=True, plays=False)
def rotate(play: Play) -> FairnessRotate:
    """Reveal the secret in use and go on with the next one. The first time, commit to one.

    `conflict` if nothing has been rolled with it yet, `rate_limited` within 10 seconds of the last change.
    """
    before = seeds.of(play.session_id)
    if before is not None and before.epoch == play.row.epoch:
        if not before.rolls and not before.hidden_rolls:
            raise Conflict("Nothing has been rolled with this secret yet.")
        if before.rotated_at is not None and (wait := before.rotated_at + PAUSE - play.now) > timedelta():
            raise RateLimited("The secret was changed a moment ago.", retry_after=wait.total_seconds())
    known, change = seeds.begin_or_advance(play.row)
    known.rotated_at = None if before is None else play.now
    known.save()
    return FairnessRotate(play.player, change, play.timestamp)
