"""Designs of experiments, one a file: each returns the points that are run."""
