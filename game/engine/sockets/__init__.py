"""One player's connection."""
