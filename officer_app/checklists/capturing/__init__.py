"""Quick capture: from a line as an officer types it to the question that it answers."""
