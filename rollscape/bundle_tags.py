"""How a page loads a module with all that it needs, and its styles: as one file each, which `make generate` wrote.

With DEBUG, where files change under the running server, it loads the files themselves.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.inclusion_tag("parts/module.html", takes_context=True)
def module(context: Context, entry: str) -> dict[str, Any]:
    """The script of a module. The module itself must be told where its libraries are."""
    return {
        "address": static(_bundled(entry)),
        "names_libraries": settings.DEBUG,
        "nonce": getattr(context.get("request"), "csp_nonce", ""),
    }


@register.simple_tag
def styles(entry: str) -> SafeString:
    """The link to a style sheet."""
    return format_html('<link rel="stylesheet" href="{}">', static(_bundled(entry)))


def _bundled(entry: str) -> str:
    return entry if settings.DEBUG else entry.replace("game/", "game/bundles/")
