"""Patterns that the model should reproduce, a file each (or a close family); each file lists its `PATTERNS`."""
