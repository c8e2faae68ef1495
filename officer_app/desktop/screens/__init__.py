"""One package per screen; none knows another."""
