"""Forms for accounts."""

from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms
from django.core.validators import MaxLengthValidator

from accounts.mail import can_reset_by_mail
from accounts.models import User

LONGEST = 4096  # characters of a password
HINT = "At least 8 characters: not your name, not a common password, not only digits."


class PasswordTwice(auth_forms.SetPasswordMixin, forms.Form):
    """Two fields for a new password, with one short hint; errors appear under the first."""

    pair = ("password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, again = (self.fields[name] for name in self.pair)
        for field in (first, again):
            field.widget.attrs["maxlength"] = LONGEST
            field.validators.append(MaxLengthValidator(LONGEST))
        first.help_text, again.help_text, again.label = HINT, "", "Repeat password"

    def validate_password_for_user(self, user: Any, password_field_name: str = "") -> None:
        """Add what is wrong with the password to its first field."""
        super().validate_password_for_user(user, self.pair[0])


class SignInForm(auth_forms.AuthenticationForm):
    """A name, a password, and whether this browser may remember them."""

    error_messages = {
        "invalid_login": "That user name and password don’t match. Try again.",
        "inactive": "This account is closed. Ask the person who runs this server.",
    }
    remember = forms.BooleanField(label="Keep me signed in on this device", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:  # and shown again: it was the password, most likely
            self.fields["username"].widget.attrs.pop("autofocus")
            self.fields["password"].widget.attrs |= {"autofocus": True, "aria-invalid": "true"}


class SignUpForm(PasswordTwice, auth_forms.UserCreationForm):
    """A name and a password; a mail address too where mail can be sent."""

    class Meta(auth_forms.UserCreationForm.Meta):
        model = User
        fields = ("username", "email")
        help_texts = {"email": "Optional. It is only used to reset a forgotten password."}
        error_messages = {"username": {"invalid": "A user name has no spaces, only letters, digits and @ . + - _"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_reset_by_mail():
            del self.fields["email"]


class PasswordChangeForm(PasswordTwice, auth_forms.PasswordChangeForm):
    """The old password and a new one."""

    pair = ("new_password1", "new_password2")


class PasswordResetForm(PasswordTwice, auth_forms.SetPasswordForm):
    """A new password in place of a forgotten one."""

    pair = ("new_password1", "new_password2")


class ProfileForm(forms.ModelForm):
    """How others see you, and how the pages look and sound."""

    class Meta:
        model = User
        fields = ("display_name", "theme", "contrast", "sounds")
        widgets = {"theme": forms.RadioSelect, "contrast": forms.RadioSelect}


class NewUserForm(auth_forms.AdminUserCreationForm):
    """A user made in the admin."""

    class Meta(auth_forms.AdminUserCreationForm.Meta):
        model = User


class UserForm(auth_forms.UserChangeForm):
    """A user changed in the admin."""

    class Meta(auth_forms.UserChangeForm.Meta):
        model = User
