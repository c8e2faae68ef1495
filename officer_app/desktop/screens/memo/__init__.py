"""The memo as it will be signed, what is still missing, and the hand-over; then what became of it."""
