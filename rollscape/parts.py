"""Template tags for what stands on every page: icons, sigils, fields."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, RadioSelect, Select
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

PLAYERS = 8  # colours that tell players apart
DIVISIONS = ("chevron", "bend", "chief", "saltire", "quarterly", "paly", "pale", "fess")


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon of the sprite; `size` may be sm or lg. Says nothing to a screen reader."""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" icon--{size}" if size else "",
        static("game/icons.svg"),
        name,
    )


@register.simple_tag
def sigil(name: str, key: int, player: int | None = None, size: str = "") -> SafeString:
    """A roundel with the name's initial, its division by the key, in a player's colour where there is one."""
    return format_html(
        '<span class="sigil{}" data-device="{}"{} aria-hidden="true">{}</span>',
        f" sigil--{size}" if size else "",
        division(key),
        format_html(' data-player="{}"', player) if player else "",
        initial(name),
    )


def initial(name: str) -> str:
    """The letter of a mark: the first of the name, without the article."""
    return (re.sub(r"^the\s+(?=\S)", "", name.strip(), flags=re.IGNORECASE)[:1] or "?").upper()


def division(key: int) -> str:
    """The same as at the table (sigils.js): eight apart have one colour, and then not one division."""
    return DIVISIONS[(key * 5 + key // len(DIVISIONS)) % len(DIVISIONS)]


@register.filter
def player_of(key: int) -> int:
    """A player's colour for what has none of its own."""
    return key % PLAYERS + 1


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A form's field with its label, hint and errors."""
    widget = bound.field.widget
    if isinstance(widget, RadioSelect):
        kind = "radio"
    elif isinstance(widget, CheckboxInput):
        kind = "check"
    else:
        kind = "select" if isinstance(widget, Select) else "input"
    attributes: dict[str, str | bool] = {"class": "input"} if kind == "input" else {}
    refused = next((name for name in bound.form.fields if name in bound.form.errors), None)
    if refused is not None:
        attributes["autofocus"] = bound.name == refused
    return {"field": bound, "kind": kind, "control": "" if kind == "radio" else bound.as_widget(attrs=attributes)}
