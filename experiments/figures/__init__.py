"""Figures of an experiment, one a file: each a function of tidy tables, drawn in Chinese and in English."""
