"""Dice: rolls, odds, proofs and statistics."""
