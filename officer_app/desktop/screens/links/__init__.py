"""Who and what ties the open case to others."""
