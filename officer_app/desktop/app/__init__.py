"""The window that holds the screens and moves between them."""
