"""A new case."""
