"""What stands in a picture, read on this laptop: lines of text, papers and watermarks. Suggestions, never answers."""
