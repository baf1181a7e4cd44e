"""Choices only: scenarios, policies, and what every command starts from."""
