"""Archetypes of estate, one a file."""
