"""The forms of a session, and of deleting something."""

from typing import Any

from django import forms

from accounts.names import validate_name
from game.engine.models import Session


class SessionForm(forms.ModelForm):
    """A session's title."""

    title = forms.CharField(max_length=120, validators=[validate_name])

    class Meta:
        model = Session
        fields = ("title",)


class DeletionForm(forms.Form):
    """What is to be deleted, by its name."""

    name = forms.CharField(label="Type the name to delete it", widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, doomed: str, data: Any = None) -> None:
        super().__init__(data)
        self.doomed = doomed

    def clean_name(self) -> str:
        """The name, if it is the right one."""
        name: str = self.cleaned_data["name"]
        if name != self.doomed.strip():
            raise forms.ValidationError("This is not the name.")
        return name
