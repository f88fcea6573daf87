"""The user."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from accounts.lookalikes import skeletons
from accounts.names import validate_name
from accounts.revocation import announce

TAKEN = "Somebody here already has this name. Choose another one."
ALIKE = "Somebody here already has this name, or one that looks like it. Choose another one."


class Theme(models.TextChoices):
    """Dark or light."""

    SYSTEM = "", "Same as system"
    DARK = "dark", "Dark"
    LIGHT = "light", "Light"


class Contrast(models.TextChoices):
    """How strongly edges and text stand out."""

    SYSTEM = "", "Same as system"
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
        "user name",
        max_length=40,
        unique=True,
        help_text="Up to 40 letters, digits and @ . + - _, no spaces. You can choose a display name later.",
        validators=[UnicodeUsernameValidator(), validate_name],
        error_messages={"unique": TAKEN},
    )
    display_name = models.CharField(
        max_length=40,
        blank=True,
        help_text="The name that others see. Leave empty to use your user name.",
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
        """Raise ValidationError for a new name that is the same as somebody else's, or looks like it."""
        super().clean()
        before = User.objects.filter(pk=self.pk).first()
        for field in ("username", "display_name"):
            name = getattr(self, field)
            if name and (before is None or name != getattr(before, field)) and self._is_anothers(name):
                raise ValidationError({field: ALIKE})

    def _is_anothers(self, name: str) -> bool:
        mine = skeletons(name)
        others = User.objects.exclude(pk=self.pk).values_list("username", "display_name")
        return any(known and not mine.isdisjoint(skeletons(known)) for names in others.iterator() for known in names)

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

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the password. One that was hashed in an older way is hashed anew; that signs nobody out."""

        def hash_anew(raw: str) -> None:
            before, after = self.password, make_password(raw)
            if User.objects.filter(pk=self.pk, password=before).update(password=after):
                self.password = after

        return raw_password is not None and check_password(raw_password, self.password, hash_anew)

    # Django derives the hash of each cookie session, for the current and the former keys, from this.
    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        return self._session_hash(str(self.token_version), secret)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Those of former keys, and those of sessions from before the password's hash was left out."""
        yield from super().get_session_auth_fallback_hash()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            yield self._session_hash(f"{self.token_version}:{self.password}", secret)

    def _session_hash(self, value: str, secret: str | bytes | None) -> str:
        return salted_hmac("accounts.User.session", value, secret=secret, algorithm="sha256").hexdigest()
