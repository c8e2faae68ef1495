"""The pictures of the demo shops, drawn by the program: no photograph of a real place or person is shipped."""
