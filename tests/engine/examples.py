"""Examples of the engine's own events."""

from tests.support.examples import Examples

EXAMPLES = Examples(
    {"join_room": {"since": 0, "epoch": "of old"}, "leave_room": {}, "ping": {"timestamp": 1}},
)
