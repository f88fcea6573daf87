"""Every refusal there is, each with its code on the wire (protocol.md, `error`)."""

from __future__ import annotations


class Refused(Exception):
    """A command was refused: its author hears why, and nothing was changed."""

    code = "invalid"

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.retry_after = retry_after


class Malformed(Refused):
    """Not a frame of the protocol."""

    code = "malformed"


class UnknownEvent(Refused):
    """A frame whose event nobody knows."""

    code = "unknown_event"


class Invalid(Refused):
    """The data does not fit the event."""

    code = "invalid"


class Forbidden(Refused):
    """Not for this role."""

    code = "forbidden"


class NotFound(Refused):
    """No such thing, or one that the user may not see: the two look the same."""

    code = "not_found"


class NotJoined(Refused):
    """The socket is not in the room."""

    code = "not_joined"


class Conflict(Refused):
    """Valid, but not in the present state."""

    code = "conflict"


class RateLimited(Refused):
    """Too many frames; `retry_after` seconds until the next is heard."""

    code = "rate_limited"


class TooLarge(Refused):
    """A frame over the size limit."""

    code = "too_large"


class Busy(Refused):
    """The server cannot take it now."""

    code = "busy"


class RuleBroken(Invalid):
    """A rule of the game forbids it. The rules raise nothing else."""
