"""A session and its log; and the sockets in it, by server process."""

from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from game.campaign.models import Campaign, Character


def new_epoch() -> str:
    """A name for a log's history; never one that was used before."""
    return secrets.token_hex(6)


class Session(models.Model):
    """One sitting of a campaign. Its log is the truth about what happened."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(max_length=120)
    created_at = models.DateTimeField("created", default=timezone.now, editable=False)
    ended_at = models.DateTimeField("ended", null=True, blank=True, editable=False)
    archived_at = models.DateTimeField("archived", null=True, blank=True, editable=False)

    # The log's end. Only the writer moves it, by one for each entry.
    seq = models.BigIntegerField("events so far", default=0, editable=False)
    # Changes when a log was restored or purged: what clients know of it no longer holds.
    epoch = models.CharField(max_length=32, default=new_epoch, editable=False)
    # Rises when somebody's rights or looks in this session may have changed.
    acl_version = models.BigIntegerField(default=0, editable=False)
    # Rises with every change of who is in the room.
    presence_version = models.BigIntegerField(default=0, editable=False)
    # When the first of those now in the room came; null when nobody is.
    opened_at = models.DateTimeField("people there since", null=True, blank=True, editable=False)

    turn = models.JSONField(null=True, blank=True, editable=False)
    combat = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [models.CheckConstraint(condition=Q(seq__gte=0), name="session_seq_not_negative")]

    def __str__(self) -> str:
        return self.title


class LogEntry(models.Model):
    """A stored event, as it was broadcast. Written by the writer; it changes only when a hidden roll is revealed."""

    # No index of its own: "one_entry_per_session_and_seq" serves, and each index costs every message a page.
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="log", db_index=False)
    seq = models.BigIntegerField("place in the log")
    event = models.CharField(max_length=64)
    data = models.TextField()  # the frame's `data`, JSON
    # Null: everybody. Else JSON {"role": the least role that sees something of it or null, "users": [ids that see it
    # too]}, and of an event with several cuts "cuts": [the same for each of them, the whole event first].
    audience = models.TextField(null=True)
    cuts = models.TextField(null=True)  # the data of the cuts after the first, a JSON list
    # May outlive the account: deleting an account need not search all logs for it.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    command_id = models.CharField(max_length=64, null=True)  # the author's own key for the command
    created_at = models.DateTimeField("time")

    class Meta:
        ordering = ("session_id", "seq")
        verbose_name = "event in the log"
        verbose_name_plural = "events in the log"
        # The stage shows the newest narration, which may stand a hundred thousand entries back.
        indexes = [models.Index(fields=("session", "seq"), condition=Q(event="dm_narration"), name="narrations")]
        constraints = [
            models.UniqueConstraint(fields=("session", "seq"), name="one_entry_per_session_and_seq"),
            models.UniqueConstraint(
                fields=("session", "author", "command_id"),
                condition=Q(command_id__isnull=False),
                name="a_command_is_carried_out_once",
            ),
            models.CheckConstraint(condition=Q(seq__gte=1), name="log_seq_starts_at_one"),
        ]

    def __str__(self) -> str:
        return f"Event {self.seq} of {self.session}"


class ServerLease(models.Model):
    """A server process that says it is alive. When it expired, its connections are gone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Connection(models.Model):
    """A socket in a room."""

    server = models.ForeignKey(ServerLease, on_delete=models.CASCADE, related_name="connections")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="connections")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="connections")
    character = models.ForeignKey(Character, on_delete=models.SET_NULL, null=True)
    connected_at = models.DateTimeField()
    # When it was cut; it counts as present until the grace is over.
    lost_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("session_id", "id")

    def __str__(self) -> str:
        return f"{self.user_id} in session {self.session_id}"
