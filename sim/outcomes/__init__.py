"""Outcomes: one, or one close family, a file; each file lists its `OUTCOMES`."""
