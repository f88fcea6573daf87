"""The user."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from accounts.names import validate_name
from accounts.revocation import announce

TAKEN = "Somebody here has that name already. Choose another one."


class Theme(models.TextChoices):
    """Dark or light."""

    SYSTEM = "", "As the system"
    DARK = "dark", "Dark"
    LIGHT = "light", "Light"


class Contrast(models.TextChoices):
    """How strongly edges and text stand out."""

    SYSTEM = "", "As the system"
    NORMAL = "normal", "Normal"
    MORE = "more", "High"


class Users(UserManager["User"]):
    """Users, found by name as people type it: upper and lower case are the same."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The user of that name; raises DoesNotExist."""
        name = User.normalize_username(username or "")
        exact = self.filter(username=name).first()
        return exact or self.alias(folded=Lower("username")).get(folded=Lower(Value(name)))


class User(AbstractUser):
    """A person with an account. Signs in as `username`; others see `shown_name`."""

    username = models.CharField(
        "name",
        max_length=40,
        unique=True,
        help_text="The name that the table sees: up to 40 letters, digits and @ . + - _",
        validators=[UnicodeUsernameValidator(), validate_name],
        error_messages={"unique": TAKEN},
    )
    display_name = models.CharField(
        max_length=40,
        blank=True,
        help_text="What others see in place of your name. Empty: the name itself.",
        validators=[validate_name],
    )
    theme = models.CharField(max_length=8, blank=True, choices=Theme.choices, default=Theme.SYSTEM)
    contrast = models.CharField(max_length=8, blank=True, choices=Contrast.choices, default=Contrast.SYSTEM)
    sounds = models.BooleanField("play sounds", default=True)
    # Raised to end every session and every token at once; see accounts.revocation.
    token_version = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[Users] = Users()

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("username"), name="username_unique_whatever_the_case", violation_error_message=TAKEN
            )
        ]

    @property
    def shown_name(self) -> str:
        """The name that others see."""
        return self.display_name or self.username

    def clean(self) -> None:
        """Raise ValidationError for a name that somebody else has; upper and lower case are the same."""
        super().clean()
        for field in ("username", "display_name"):
            if self._is_anothers(getattr(self, field)):
                raise ValidationError({field: TAKEN})

    def _is_anothers(self, name: str) -> bool:
        if not name:
            return False
        # Compared here, because SQLite's LOWER knows ASCII only.
        others = User.objects.exclude(pk=self.pk).values_list("username", "display_name")
        return any(name.casefold() in (known.casefold() for known in names) for names in others.iterator())

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save. A changed password or a deactivation ends every session and token of the user."""
        fields = kwargs.get("update_fields")
        if self._state.adding or (fields is not None and not {"password", "is_active"} & set(fields)):
            super().save(*args, **kwargs)
            return
        with transaction.atomic():
            if self._follow_stored_version() and fields is not None:
                kwargs["update_fields"] = {*fields, "token_version"}
            super().save(*args, **kwargs)

    def _follow_stored_version(self) -> bool:
        """Take over the stored version, or one more where access ends; True if it ends."""
        stored = User.objects.select_for_update().filter(pk=self.pk).first()
        if stored is None:
            return False
        ends = self.password != stored.password or (stored.is_active and not self.is_active)
        self.token_version = stored.token_version + ends
        if ends:
            announce(self.pk)
        return ends

    # Django derives the hash of each cookie session, for the current and the former keys, from this.
    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        value = f"{self.token_version}:{self.password}"
        return salted_hmac("accounts.User.session", value, secret=secret, algorithm="sha256").hexdigest()
