"""Places, one a file."""
