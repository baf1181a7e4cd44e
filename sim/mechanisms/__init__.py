"""Mechanisms, one a file: their numbers, their equations, and their plain-numpy form."""
