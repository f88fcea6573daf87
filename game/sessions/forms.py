"""The form of a session."""

from django import forms

from accounts.names import validate_name
from game.engine.models import Session


class SessionForm(forms.ModelForm):
    """A session's title."""

    title = forms.CharField(max_length=120, validators=[validate_name])

    class Meta:
        model = Session
        fields = ("title",)
