"""Cross-checks of the open case: what does not fit with its three exits, and every check there is."""
