"""Help in the window: the pages of resources/help, found by a word and read."""
