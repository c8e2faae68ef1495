"""Theme, icons, words and background tasks for the windows."""
