"""Forms for accounts."""

from typing import Any

from django.contrib.auth import forms as auth_forms

from accounts.mail import can_reset_by_mail
from accounts.models import User


class SignUpForm(auth_forms.UserCreationForm):
    """A name and a password; a mail address too where mail can be sent."""

    class Meta(auth_forms.UserCreationForm.Meta):
        model = User
        fields = ("username", "email")
        help_texts = {"email": "Optional: only for a forgotten password."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_reset_by_mail():
            del self.fields["email"]


class NewUserForm(auth_forms.AdminUserCreationForm):
    """A user made in the admin."""

    class Meta(auth_forms.AdminUserCreationForm.Meta):
        model = User


class UserForm(auth_forms.UserChangeForm):
    """A user changed in the admin."""

    class Meta(auth_forms.UserChangeForm.Meta):
        model = User
