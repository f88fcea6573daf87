"""Examples of combat's events."""

from tests.support.examples import Examples

EXAMPLES = Examples(
    {
        "combat_update": {"combat": {"active": True, "round": 2}},
        "turn_change": {"turn": {"current_character_name": "Wren Ashdown", "round": 2}},
    }
)
