"""Lines that a player saves to run again, and the keys for them."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from game.campaign.models import Campaign, Character, Membership

MAX_NAME = 40  # characters
MAX_TEXT = 2000  # characters, as a message has
MAX_LINES = 5

one_line = RegexValidator(r"[\x00-\x1f\x7f\u2028\u2029]", "A name is one line.", inverse_match=True)


def few_lines(text: str) -> None:
    """Raise ValidationError for more lines than one press may send; empty lines do not count."""
    lines = sum(bool(line.strip()) for line in re.split(r"\r\n?|\n", text))
    if lines > MAX_LINES:
        raise ValidationError(f"A macro has at most {MAX_LINES} lines, this one has {lines}.")


class Macro(models.Model):
    """Lines that its owner could type into the chat, under a name; a shared macro is for the whole campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="macros")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="macros")
    character = models.ForeignKey(
        Character,
        # A character ends; what its player wrote does not.
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="macros",
        help_text="The owner's character that it is for; empty: for all of them.",
    )
    name = models.CharField(max_length=MAX_NAME, validators=[one_line])
    text = models.TextField(max_length=MAX_TEXT, validators=[few_lines])
    shared = models.BooleanField(default=False, help_text="Every member of the campaign sees and uses it.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="macro_has_a_name"),
            models.CheckConstraint(condition=~Q(text=""), name="macro_has_a_text"),
        ]

    def __str__(self) -> str:
        return self.name


class HotbarSlot(models.Model):
    """A key of a member's hotbar and its macro; without a character, for all characters of the member."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="slots")
    character = models.ForeignKey(Character, on_delete=models.CASCADE, null=True, related_name="slots")
    key = models.PositiveSmallIntegerField()
    macro = models.ForeignKey(Macro, on_delete=models.CASCADE, related_name="slots")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(key__lte=9), name="slot_is_a_digit"),
            models.UniqueConstraint(
                fields=("membership", "key"), condition=Q(character=None), name="one_macro_on_a_members_key"
            ),
            models.UniqueConstraint(fields=("membership", "character", "key"), name="one_macro_on_a_characters_key"),
        ]

    def __str__(self) -> str:
        return f"Key {self.key}"
