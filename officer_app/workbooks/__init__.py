"""Excel for head office."""
