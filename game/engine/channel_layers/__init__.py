"""What carries messages between server processes."""
