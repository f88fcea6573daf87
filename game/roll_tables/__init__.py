"""Roll tables and decks."""
