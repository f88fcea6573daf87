"""Who is in which room, by which server process."""

import uuid

from django.conf import settings
from django.db import models

from game.models.character import Character
from game.models.session import Session


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
