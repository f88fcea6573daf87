"""The log: events are committed in groups, stored in order, and read as a viewer may see them."""
