"""What the case can carry: the amount with its caps, the statements behind it, the month with fewer sales."""
