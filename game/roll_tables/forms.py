"""Forms of the roll tables' pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.names import validate_name
from game.errors import Refused
from game.roll_tables.drawing import refuse_bad_trail
from game.roll_tables.models import RollTable, RollTableRow
from game.roll_tables.rules.csv_rows import MAX_BYTES, refuse_too_heavy
from game.roll_tables.rules.trails import MAX_ROWS, MAX_TEXT

BLANK_ROWS = 3  # below the others, to be filled in


class NewRollTableForm(forms.ModelForm):
    """The least that a new table needs. The instance names the campaign."""

    name = forms.CharField(max_length=120, validators=[validate_name])

    class Meta:
        model = RollTable
        fields: tuple[str, ...] = ("name",)

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for a name that the campaign has already."""
        values = super().clean() or {}
        others = RollTable.objects.filter(campaign=self.instance.campaign_id).exclude(pk=self.instance.pk)
        if others.filter(name__iexact=values.get("name", "")).exists():
            self.add_error("name", "This campaign already has a table with that name.")
        return values


class RollTableForm(NewRollTableForm):
    """A table's name, and who can draw from it and how."""

    class Meta(NewRollTableForm.Meta):
        fields = ("name", "with_replacement", "players_may_draw")


class RowForm(forms.ModelForm):
    """A row. It names the table that it leads to: a list of all tables in each of a thousand rows would be long."""

    text = forms.CharField(
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"class": "input", "rows": 1}),
    )
    then = forms.CharField(
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"class": "input", "list": "tables", "placeholder": "none"}),
    )

    class Meta:
        model = RollTableRow
        fields = ("weight", "text")
        widgets = {"weight": forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"})}

    def __init__(self, *args: Any, tables: dict[str, RollTable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tables = tables
        if self.instance.leads_to_id is not None:
            self.initial["then"] = self.instance.leads_to.name

    def clean_text(self) -> str:
        """With one kind of line end."""
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def clean_then(self) -> str:
        """Raise ValidationError where no table has the name."""
        name: str = self.cleaned_data["then"]
        if name and name.lower() not in self.tables:
            raise ValidationError("There is no such table in this campaign.")
        self.instance.leads_to = self.tables[name.lower()] if name else None
        return name

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for a row that says nothing."""
        values = super().clean() or {}
        if not self.errors and not values.get("text") and not values.get("then"):
            self.add_error("text", "A row needs a text, or a table to roll on.")
        return values


class BaseRowFormSet(forms.BaseInlineFormSet):
    """All rows of a table."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = self.instance.campaign.roll_tables.exclude(pk=self.instance.pk)
        self.form_kwargs["tables"] = {table.name.lower(): table for table in names}

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        """Name each field after its row."""
        super().add_fields(form, index)
        number = "new" if index is None else index + 1
        for name, words in {"weight": "Weight", "text": "Text", "then": "Then roll on", "DELETE": "Remove"}.items():
            if name in form.fields:
                form.fields[name].widget.attrs["aria-label"] = f"{words}, row {number}"

    def clean(self) -> None:
        """Raise ValidationError if the weights are too large, or if tables lead back to each other or too far."""
        super().clean()
        if any(self.errors):
            return
        kept = [
            form.instance
            for form in self.forms
            if not form.cleaned_data.get("DELETE") and (form.instance.pk or form.has_changed())
        ]
        leads = {row.leads_to_id for row in kept if row.leads_to_id is not None}
        try:
            refuse_too_heavy(row.weight for row in kept)
            refuse_bad_trail(self.instance.campaign_id, self.instance.pk, leads)
        except Refused as refusal:
            raise ValidationError(refusal.message) from None

    def save(self, commit: bool = True) -> Any:
        """New rows come last."""
        last = max((row.position for row in self.get_queryset()), default=-1)
        for place, form in enumerate(self.extra_forms, last + 1):
            form.instance.position = place
        return super().save(commit)


RowFormSet = forms.inlineformset_factory(
    RollTable,
    RollTableRow,
    form=RowForm,
    formset=BaseRowFormSet,
    fk_name="table",
    extra=BLANK_ROWS,
    max_num=MAX_ROWS,
    validate_max=True,
    absolute_max=MAX_ROWS + BLANK_ROWS,
)


class ImportForm(forms.Form):
    """Rows to import: a file or pasted text."""

    rows = forms.CharField(
        label="Rows",
        required=False,
        max_length=MAX_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "placeholder": "1-3,A goblin\n4,Two goblins"}),
    )
    file = forms.FileField(label="Or a CSV file", required=False, widget=forms.FileInput(attrs={"accept": ".csv,.txt"}))
    replace = forms.ChoiceField(
        label="Existing rows",
        choices=[("", "keep"), ("on", "replace")],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError if the file is not text, too large or missing. `text` is what to import."""
        values = super().clean() or {}
        file = values.get("file")
        text = values.get("rows", "")
        if file is not None:
            if file.size > MAX_BYTES:
                raise ValidationError(f"The file is too large. It may have at most {MAX_BYTES // 1024} KiB.")
            try:
                text = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise ValidationError("The file is not UTF-8 text. Save it as “CSV UTF-8”.") from None
        if not text.strip() and not self.errors:
            raise ValidationError("Paste rows, or choose a file.")
        return values | {"text": text}
