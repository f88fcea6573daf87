"""What the server process says of itself."""
