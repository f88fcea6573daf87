"""Examples of chat's events."""

from tests.support.examples import Examples

EXAMPLES = Examples(
    {
        "chat_message": {"message": "Good evening.", "out_of_character": True},
        "dm_narration": {"narration": "One lamp after another goes out."},
        "player_action": {"action_type": "hide", "details": {"behind": ["a", "barrel"]}},
    }
)
