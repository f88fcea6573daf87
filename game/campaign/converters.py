"""What an address may hold beside Django's own kinds. Importing it makes them known."""

from django.urls import register_converter
from django.urls.converters import IntConverter


class IdConverter(IntConverter):
    """A number that can be a row's id; any other address does not exist."""

    regex = "[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        """The id; raises ValueError past 64 bits."""
        if (number := int(value)) >= 2**63:
            raise ValueError(value)
        return number


register_converter(IdConverter, "id")
