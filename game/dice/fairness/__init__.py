"""Provable dice, as a session lives through them."""
