"""The author's side of a checklist: files and cells as head office writes them, before anything is compiled."""
