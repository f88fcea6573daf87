"""`make bench`: RollScape side by side with others of its kind, and what its figures mean for larger numbers."""
