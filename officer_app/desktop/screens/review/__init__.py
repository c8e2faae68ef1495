"""One submitted file: the decision page in the middle, what the manager must do beside it."""
