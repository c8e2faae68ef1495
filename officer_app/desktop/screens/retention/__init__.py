"""Keeping and deleting: what falls due when, what is held, what was deleted, with proof."""
