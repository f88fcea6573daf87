"""The secrets behind a session's dice, and how far they are used up."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from game.dice.rules.fairness.commitments import HIDDEN_ROLLS
from game.engine.models import Session


class Fairness(models.Model):
    """A session's secrets, the one in use and the next, and its players' seeds.

    Written under the session's lock, and shown on no page, in no answer and not in the admin: the
    secrets tell all dice to come.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, primary_key=True, related_name="fairness")
    # The log's history that this belongs to: in another one the same numbers must not be rolled again.
    epoch = models.CharField(max_length=32)
    rotation = models.PositiveIntegerField()  # the number of the secret in use; the next one has the next number
    revealed = models.BooleanField(default=False)  # the one in use is known: nothing may be rolled with it

    server_seed = models.CharField(max_length=64)
    hidden_seed = models.CharField(max_length=64)
    hidden_root = models.CharField(max_length=64)  # published; some milliseconds to work out
    committed_seq = models.BigIntegerField()  # where in the log its commitment stands
    next_server_seed = models.CharField(max_length=64)
    next_hidden_seed = models.CharField(max_length=64)
    next_hidden_root = models.CharField(max_length=64)
    next_committed_seq = models.BigIntegerField()

    rolls = models.PositiveIntegerField(default=0)  # public ones with the secret in use
    hidden_rolls = models.PositiveIntegerField(default=0)
    chain = models.CharField(max_length=64, default="", blank=True)  # over those; "" where none was begun with the seed
    client_seeds = models.JSONField(default=dict)  # {user id: [seq of its event, seed]}
    rotated_at = models.DateTimeField(null=True)  # when a player last asked for it

    class Meta:
        verbose_name_plural = "fairness"
        constraints = [
            models.CheckConstraint(condition=Q(hidden_rolls__lte=HIDDEN_ROLLS), name="a_key_for_each_hidden_roll")
        ]

    def __str__(self) -> str:
        return f"Secret {self.rotation} of session {self.session_id}"
