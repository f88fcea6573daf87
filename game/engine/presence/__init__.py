"""Who is in a room, by server process."""
