"""Governance measures, one a file: levers, and the moments at which they ask for something."""
