"""The manager's queue: who waits, for how long, for how much."""
