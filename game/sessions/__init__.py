"""Sessions: starting, ending and reopening them."""
