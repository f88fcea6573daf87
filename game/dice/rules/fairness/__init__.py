"""Dice that a table can check: commit, roll, reveal, verify. docs/fairness.md explains it.

`python -m game.dice.verify FILE` checks an export offline.
"""
