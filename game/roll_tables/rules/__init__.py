"""Pure rules of roll tables."""
