"""The visit: sections on the left, one section's questions in the middle, what they mean on the right."""
