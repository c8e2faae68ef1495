"""Today: what is in work, what came back, what waits."""
