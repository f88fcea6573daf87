"""Whom a player plays."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from game.models.campaign import Campaign


class Character(models.Model):
    """A character of one campaign, played by its owner."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="characters")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="characters")
    name = models.CharField(max_length=80)
    colour = models.CharField(
        max_length=7, default="#5b8f8a", validators=[RegexValidator(r"^#[0-9a-f]{6}$", "A colour like #5b8f8a.")]
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("name", "id")
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="character_has_a_name")]

    def __str__(self) -> str:
        return self.name
