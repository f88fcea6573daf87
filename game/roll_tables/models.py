"""Tables that a DM prepares: rumours, treasures, a deck of cards."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from game.campaign.models import Campaign
from game.dice.rules.inline import formulas_in
from game.dice.rules.lexer import DiceError
from game.roll_tables.rules.trails import MAX_TEXT, MAX_WEIGHT


def validate_row_text(text: str) -> None:
    """Raise ValidationError for a formula in double brackets that cannot be rolled."""
    try:
        formulas_in(text)
    except DiceError as error:
        raise ValidationError(error.message) from None


class RollTable(models.Model):
    """A roll table of one campaign. Only DMs see its rows, even if players may draw from it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="roll_tables")
    name = models.CharField(max_length=120)
    with_replacement = models.BooleanField(
        "rows can be drawn again",
        default=True,
        help_text="Otherwise it is a deck: what was drawn stays out until you reset it.",
    )
    players_may_draw = models.BooleanField(
        default=False, help_text="They see its name and what they draw, and never the rows."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = (Lower("name"), "id")
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "campaign",
                name="one_roll_table_of_that_name",
                violation_error_message="This campaign has a table of that name already.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="roll_table_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class RollTableRow(models.Model):
    """A row: it is as likely as its weight among all that can be drawn, and may lead to another table."""

    table = models.ForeignKey(RollTable, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(default=0, editable=False)
    weight = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(MAX_WEIGHT)])
    text = models.TextField(blank=True, max_length=MAX_TEXT, validators=[validate_row_text])
    leads_to = models.ForeignKey(
        RollTable, on_delete=models.RESTRICT, null=True, blank=True, related_name="+", verbose_name="then roll on"
    )
    drawn = models.BooleanField(default=False)  # and out, where the table is a deck

    class Meta:
        ordering = ("table_id", "position", "id")
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=MAX_WEIGHT), name="roll_table_row_weight"),
            models.CheckConstraint(
                condition=~Q(text="") | Q(leads_to__isnull=False),
                name="roll_table_row_says_something",
                violation_error_message="A row needs a text, or a table to roll on.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60] or f"→ {self.leads_to}"
