"""The rooms that have a socket in this process."""
