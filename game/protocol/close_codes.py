"""Why the server closes a socket (protocol.md, «Close codes»)."""

from enum import IntEnum


class Close(IntEnum):
    """A close code with the reason that goes with it."""

    reason: str

    def __new__(cls, code: int, reason: str) -> "Close":
        """A member from its code and its reason."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.reason = reason
        return member

    INVALID_TOKEN = 4001, "Invalid token"
    REMOVED = 4003, "Removed from the session"
    NOT_FOUND = 4004, "Session not found"
    TOO_LARGE = 4009, "Message too large"
    TOO_SLOW = 4108, "Too slow"
    FLOOD = 4129, "Too many messages"
    RESTARTING = 4200, "Server restarting"
    SERVER_ERROR = 4500, "Server error"


class SocketClosed(Exception):
    """Raised where a socket must be closed; carries the code."""

    def __init__(self, close: Close) -> None:
        super().__init__(close.reason)
        self.close = close
