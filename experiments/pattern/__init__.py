"""Patterns to reproduce: one, or one close family, a file; each file lists its `PATTERNS`."""
