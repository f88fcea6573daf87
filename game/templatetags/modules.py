"""What a page of ES modules needs, said beforehand."""

from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

IMPORTED = re.compile(r'^(?:import|export)\b[^;]*?"(\.{1,2}/[^"]+)"', re.MULTILINE)


@register.simple_tag
def preloads(entry: str) -> SafeString:
    """Links to a module and all that it imports, so that a browser fetches them at once and not one after another."""
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', ((static(name),) for name in needed(entry)))


@cache
def needed(entry: str) -> tuple[str, ...]:
    """A module of the static files and those that it imports by relative addresses, each once."""
    found: dict[str, None] = {}
    waiting = [entry]
    while waiting:
        if (name := waiting.pop(0)) in found:
            continue
        found[name] = None
        place = finders.find(name)
        text = Path(place).read_text(encoding="utf-8") if isinstance(place, str) else ""
        folder = posixpath.dirname(name)
        waiting += [posixpath.normpath(posixpath.join(folder, other)) for other in IMPORTED.findall(text)]
    return tuple(found)
