"""What every package stands on: errors, words, numbers, files, clock."""
