"""How a page loads a module with all that it needs, and its styles."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rollscape.bundles import PACKED, STYLES

register = template.Library()
PACKS = {entry: packed for packed, entry in PACKED.items()}


@register.simple_tag
def module(entry: str) -> SafeString:
    """The script of a module that has a pack; with DEBUG, where files change under the running server, itself."""
    name = entry if settings.DEBUG else PACKS[entry]
    return format_html('<script type="module" src="{}"></script>', static(name))


@register.simple_tag
def styles(packed: str) -> SafeString:
    """The link to packed styles; with DEBUG, to each of them."""
    names = STYLES[packed] if settings.DEBUG else [packed]
    return format_html_join("\n  ", '<link rel="stylesheet" href="{}">', ((static(name),) for name in names))
