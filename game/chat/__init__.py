"""Chat, actions and narration."""
