"""Macros and the hotbar."""
