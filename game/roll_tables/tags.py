"""How likely something is, in words."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def percent(chance: float) -> str:
    """A chance of 0 to 1 as `12.5 %`; what is rarer than a thousandth keeps two digits that tell."""
    hundredths = chance * 100
    if hundredths >= 0.1 or not hundredths:
        return f"{hundredths:.1f}".removesuffix(".0") + " %"
    return f"{hundredths:.2g} %"
