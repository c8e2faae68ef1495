"""Exchange: one round with a folder or a stick, and what became of each delivery."""
