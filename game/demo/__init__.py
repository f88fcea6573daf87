"""The demo table, and rooms full of players for a load test."""
