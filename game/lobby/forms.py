"""Forms of the game's pages."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accounts.names import validate_name
from game.campaign.colours import PLAYER_COLOURS, nearest
from game.campaign.models import Campaign, Character, Membership
from game.roles import Role


class NewCampaignForm(forms.ModelForm):
    """The least that a new campaign needs."""

    name = forms.CharField(max_length=120, validators=[validate_name])

    class Meta:
        model = Campaign
        fields = ["name", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}


class CampaignForm(NewCampaignForm):
    """What a campaign is called and how it is played."""

    class Meta(NewCampaignForm.Meta):
        fields = ["name", "description", "allows_reported_rolls"]


class CharacterForm(forms.ModelForm):
    """A character's name and colour."""

    name = forms.CharField(max_length=80, validators=[validate_name])

    colour = forms.ChoiceField(choices=list(PLAYER_COLOURS.items()), widget=forms.RadioSelect)

    class Meta:
        model = Character
        fields = ("name", "colour")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # One made elsewhere may have any colour: it is drawn in the nearest of these.
        self.initial["colour"] = nearest(self.instance.colour)


class RoleForm(forms.ModelForm):
    """A member's role."""

    class Meta:
        model = Membership
        fields = ("role",)
        widgets = {"role": forms.RadioSelect}


class InvitationForm(forms.Form):
    """The role that an invitation gives, when it expires, and how often it can be used."""

    role = forms.ChoiceField(choices=Role.choices, initial=Role.PLAYER, label="Joins as")
    days = forms.TypedChoiceField(
        label="Expires",
        choices=[(1, "in a day"), (7, "in a week"), (30, "in 30 days"), ("", "never")],
        initial=7,
        coerce=int,
        empty_value=None,
        required=False,
    )
    max_uses = forms.IntegerField(
        label="Maximum uses", min_value=1, max_value=1000, required=False, help_text="Leave empty for no limit."
    )

    def expires_at(self) -> datetime | None:
        """When the invitation made now ends; None for never."""
        days: int | None = self.cleaned_data["days"]
        return timezone.now() + timedelta(days=days) if days else None
