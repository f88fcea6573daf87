"""Combat: the turn and the state of the fight."""
