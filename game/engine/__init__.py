"""The engine: it stores events in order and delivers them to everybody who may see them. It names no subject."""
