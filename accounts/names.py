"""Which names a table can tell apart: no invisible, empty-looking or text-turning characters."""

import unicodedata

from django.core.exceptions import ValidationError

# Letters and symbols by category, and still nothing to see: Hangul fillers and the Braille blank.
BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# Joiners shape letters in Persian and Indic scripts and hold emoji together.
JOINERS = frozenset("\u200c\u200d")
HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def is_hidden(character: str) -> bool:
    """Whether the character has no look of its own, or turns its neighbours around."""
    if character in JOINERS:
        return False
    return character in BLANKS or unicodedata.category(character) in HIDDEN_CATEGORIES


def is_visible(character: str) -> bool:
    """Whether something is seen where the character stands alone."""
    return not is_hidden(character) and character not in JOINERS and unicodedata.category(character)[0] not in "ZM"


def validate_name(name: str) -> None:
    """Raise ValidationError unless the name is one that people can see and read."""
    if any(is_hidden(character) for character in name):
        raise ValidationError("This name contains invisible characters.", code="hidden_characters")
    if not any(is_visible(character) for character in name):
        raise ValidationError("This name looks empty.", code="looks_empty")
